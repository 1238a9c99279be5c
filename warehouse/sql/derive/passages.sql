-- The sentences of the changed documents. A line of a table (it has tabs) is none; fewer than ten characters are a label.
-- No sentence spans sections: each is split by itself, since a list of a document's sections must fit into memory.
DELETE FROM w.main.passages WHERE document_id IN (SELECT document_id FROM changed);
INSERT INTO w.main.passages
WITH split AS (
    SELECT
        document_id,
        char_start,
        section_no,
        list_filter(
            string_split(
                translate(
                    regexp_replace(text, '[^\n]*\t[^\n]*', '', 'g'), '！？；' || chr(10) || '123456789 　', '。。。。000000000'
                ),
                '。'
            ),
            lambda sentence: length(sentence) >= 10
        ) AS sentences
    FROM w.main.sections
    WHERE document_id IN (SELECT document_id FROM changed)
),
numbered AS (
    SELECT document_id, char_start, section_no, generate_subscripts(sentences, 1) AS place, unnest(sentences) AS sentence
    FROM split
)
SELECT
    document_id,
    row_number() OVER (PARTITION BY document_id ORDER BY char_start, section_no, place) AS passage_no,
    (md5_number_lower(sentence) >> 1)::BIGINT AS fingerprint,
    length(sentence) AS characters
FROM numbered;
