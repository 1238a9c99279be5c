-- Why each document of the run, and each report that it touches, may change: the source first, then what made them.
-- A document that is new, or whose address holds something else or is said to, changes by its source.
CREATE TEMP TABLE moved AS
SELECT s.source_ref, s.document_id, i.document_id AS earlier_id
FROM staged_inputs s
LEFT JOIN w.internal.inputs i USING (source_ref)
WHERE i.state IS DISTINCT FROM s.state AND i.state IS DISTINCT FROM '';
CREATE TEMP TABLE causes AS
WITH sourced AS (
    SELECT document_id, min(source_ref) AS detail
    FROM (
        SELECT document_id, source_ref FROM moved
        UNION ALL
        SELECT earlier_id, source_ref FROM moved
        UNION ALL
        SELECT document_id, source_ref FROM staged_documents WHERE document_id NOT IN (SELECT document_id FROM known_documents)
    )
    WHERE document_id IS NOT NULL
    GROUP BY document_id
)
SELECT document_id, 'source' AS cause, detail FROM sourced
UNION ALL
SELECT document_id, cause, detail FROM by_making WHERE document_id NOT IN (SELECT document_id FROM sourced);
CREATE TEMP TABLE report_causes AS
SELECT report_id, cause, detail
FROM (
    SELECT report_id, document_id FROM staged_reports
    UNION
    SELECT report_id, document_id FROM w.internal.reports WHERE document_id IN (SELECT document_id FROM causes)
)
JOIN causes USING (document_id)
QUALIFY row_number() OVER (PARTITION BY report_id ORDER BY cause <> 'source', cause, detail) = 1;
