-- The document of that id, or the primary document of the report of that id.
SELECT document_id, source_ref, source_text
FROM documents
WHERE document_id = $wanted OR document_id IN (SELECT document_id FROM reports WHERE report_id = $wanted)
LIMIT 1
