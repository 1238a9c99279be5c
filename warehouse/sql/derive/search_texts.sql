-- The search index of the changed documents: which pairs of neighbouring characters each text has, and how often.
-- A pair is a number, the first character's code times 2^21 and the second's; no pair spans a mark, a blank or two sections:
-- what stands before one is paired with 0. `new_texts` has a row a section, since a list of a document's sections must fit
-- into memory; documents are numbered as they arrived, so that those of near numbers lie together.
DELETE FROM w.internal.search_postings
WHERE text_no IN (
    SELECT text_no FROM w.internal.search_texts WHERE document_id IN (SELECT document_id FROM changed)
);
DELETE FROM w.internal.search_texts WHERE document_id IN (SELECT document_id FROM changed);
CREATE OR REPLACE TEMP TABLE new_texts AS
SELECT
    (SELECT coalesce(max(text_no), 0) + 1 FROM w.internal.search_texts) + c.rowid AS text_no,
    s.document_id,
    lower(regexp_replace(s.heading || ' ' || s.text, '[^\p{L}\p{N}]+', ' ', 'g')) AS text
FROM w.main.sections s
JOIN changed c USING (document_id);
INSERT INTO w.internal.search_texts
SELECT text_no, document_id, sum(length(text)) FROM new_texts GROUP BY text_no, document_id ORDER BY text_no;
CREATE OR REPLACE TEMP TABLE new_pairs (term BIGINT, text_no INTEGER, occurrences INTEGER);
