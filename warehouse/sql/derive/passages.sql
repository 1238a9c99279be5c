-- The sentences of the changed documents. A line of a table (it has tabs) is none; fewer than ten characters are a label.
DELETE FROM w.main.passages WHERE document_id IN (SELECT document_id FROM changed);
INSERT INTO w.main.passages
WITH texts AS (
    SELECT
        document_id,
        regexp_replace(string_agg(text, chr(10) ORDER BY char_start, section_no), '[^\n]*\t[^\n]*', '', 'g') AS text
    FROM w.main.sections
    WHERE document_id IN (SELECT document_id FROM changed)
    GROUP BY document_id
),
split AS (
    SELECT
        document_id,
        list_filter(
            string_split(translate(text, '！？；' || chr(10) || '123456789 　', '。。。。000000000'), '。'),
            lambda sentence: length(sentence) >= 10
        ) AS sentences
    FROM texts
),
numbered AS (
    SELECT document_id, generate_subscripts(sentences, 1) AS passage_no, unnest(sentences) AS sentence FROM split
)
SELECT document_id, passage_no, (md5_number_lower(sentence) >> 1)::BIGINT AS fingerprint, length(sentence) AS characters
FROM numbered
ORDER BY document_id, passage_no;
