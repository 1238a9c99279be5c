-- The sections of some documents, each with its report: where the words of a question may stand.
SELECT s.document_id, r.report_id, r.year, r.publisher, s.section_no, s.heading, s.text
FROM sections s
JOIN reports r USING (document_id)
WHERE s.document_id IN (SELECT unnest($documents))
ORDER BY s.document_id, s.char_start
