-- A fact with all that leads back from it. Its cell is the smallest that holds the quote.
SELECT
    f.*,
    i.name_zh,
    r.publisher,
    r.year,
    s.heading,
    c.table_no,
    c.row_no,
    c.column_no,
    c.text AS cell_text,
    d.source_ref,
    d.url,
    d.fetched_at,
    d.source_text,
    n.ended_at,
    n.code_version
FROM facts f
JOIN documents d USING (document_id)
LEFT JOIN indicators i USING (indicator_id)
LEFT JOIN reports r USING (report_id)
LEFT JOIN runs n ON n.run_id = f.run_id
LEFT JOIN sections s ON s.document_id = f.document_id AND s.section_no = f.section_no
LEFT JOIN cells c
    ON c.document_id = f.document_id AND c.char_start <= f.char_start AND c.char_end >= f.char_end AND f.method = 'table'
WHERE f.fact_id = $wanted
ORDER BY c.char_end - c.char_start
LIMIT 1
