-- Before anything is changed: which documents and reports this run touches, and which rows it may write unchanged.
CREATE TEMP TABLE changed AS SELECT document_id FROM staged_documents;
CREATE TEMP TABLE affected AS
    SELECT report_id FROM staged_reports
    UNION
    SELECT report_id FROM w.internal.reports
    WHERE document_id IN (
        SELECT document_id FROM changed
        UNION
        SELECT document_id FROM w.internal.inputs WHERE source_ref IN (SELECT source_ref FROM staged_inputs)
    );
