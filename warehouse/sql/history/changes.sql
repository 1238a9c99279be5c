-- What the run changed, a row each; what a new document or a new report brings stands as one.
-- A row's cause is its document's; where that did not change, its report's, where another document decides; of a check against
-- another report that one's; else what publishes.
CREATE TEMP TABLE run_changes AS
WITH differences AS (
    SELECT 'documents' AS table_name, change, report_id, document_id, key_document_id AS row_key, 1 AS rows, what, rule_id
    FROM diff_documents
    UNION ALL
    SELECT 'reports', change, report_id, document_id, key_report_id, 1, what, rule_id FROM diff_reports
    UNION ALL
    SELECT 'facts', change, report_id, document_id, key_fact_id, 1, what, rule_id FROM diff_facts
    UNION ALL
    SELECT 'checks', change, report_id, document_id, concat_ws('/', key_report_id, key_identity_id, key_applicant_type), 1, what, rule_id
    FROM diff_checks
    UNION ALL
    SELECT 'facts', 'added', report_id, document_id, NULL, count(*), NULL, NULL
    FROM w.main.facts
    WHERE document_id IN (SELECT document_id FROM changed EXCEPT SELECT document_id FROM known_documents)
    GROUP BY report_id, document_id
    UNION ALL
    SELECT 'checks', 'added', report_id, document_id, NULL, count(*), NULL, NULL
    FROM w.main.checks
    WHERE report_id IN (SELECT report_id FROM new_reports)
    GROUP BY report_id, document_id
)
SELECT
    ?::VARCHAR AS run_id,
    d.table_name,
    d.change,
    d.report_id,
    d.document_id,
    d.row_key,
    d.rows,
    d.what,
    coalesce(c.cause, r.cause, n.cause, p.cause) AS cause,
    CASE WHEN coalesce(c.cause, r.cause, n.cause, p.cause) LIKE '%rule%' AND d.rule_id IS NOT NULL THEN d.rule_id || ': ' ELSE '' END
        || coalesce(c.detail, r.detail, format('report {}: {}', h.through, n.detail), p.detail) AS detail
FROM differences d
LEFT JOIN causes c ON c.document_id = d.document_id AND (d.table_name IN ('documents', 'facts') OR c.cause = 'source')
LEFT JOIN report_causes r ON r.report_id = d.report_id
LEFT JOIN held_again h ON h.report_id = d.report_id AND d.table_name = 'checks'
LEFT JOIN report_causes n ON n.report_id = h.through
LEFT JOIN publish_cause p ON true;
