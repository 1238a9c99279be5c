-- The search index of the changed documents: which pairs of neighbouring characters each text has, and how often.
-- A pair is a number, the first character's code times 2^21 and the second's; no pair spans a mark or a blank: what stands
-- before one is paired with 0.
DELETE FROM w.internal.search_postings
WHERE text_no IN (
    SELECT text_no FROM w.internal.search_texts WHERE document_id IN (SELECT document_id FROM changed)
);
DELETE FROM w.internal.search_texts WHERE document_id IN (SELECT document_id FROM changed);
CREATE OR REPLACE TEMP TABLE new_texts AS
SELECT
    (SELECT coalesce(max(text_no), 0) FROM w.internal.search_texts) + row_number() OVER (ORDER BY document_id) AS text_no,
    document_id,
    lower(regexp_replace(string_agg(heading || ' ' || text, ' ' ORDER BY char_start, section_no), '[^\p{L}\p{N}]+', ' ', 'g'))
        AS text
FROM w.main.sections
WHERE document_id IN (SELECT document_id FROM changed)
GROUP BY document_id;
INSERT INTO w.internal.search_texts SELECT text_no, document_id, length(text) FROM new_texts ORDER BY text_no;
CREATE OR REPLACE TEMP TABLE new_pairs (term BIGINT, text_no INTEGER, occurrences INTEGER);
