-- BM25 over the texts that have every run: how often each run is in a text at most, how rare it is, how long the text is.
-- By number to the end: only the best are looked up by their ids.
WITH runs AS (
    {{runs}}
),
collection AS (
    SELECT count(*) AS texts, avg(characters) AS length FROM internal.search_texts
),
rarity AS (
    SELECT run, ln(1 + (any_value(c.texts) - count(*) + 0.5) / (count(*) + 0.5)) AS weight
    FROM runs CROSS JOIN collection c
    GROUP BY run
),
constants AS (
    SELECT ?::DOUBLE AS k, ?::DOUBLE AS b
),
scored AS (
    SELECT
        l.text_no,
        any_value(t.document_id) AS document_id,
        sum(r.weight * l.occurrences * (k + 1) / (l.occurrences + k * (1 - b + b * t.characters / c.length))) AS score
    FROM runs l
    JOIN internal.search_texts t USING (text_no)
    JOIN rarity r USING (run)
    CROSS JOIN collection c
    CROSS JOIN constants
    GROUP BY l.text_no
    HAVING count(*) = ?
)
SELECT document_id, score
FROM scored
WHERE document_id IN (SELECT document_id FROM reports)
ORDER BY score DESC, document_id
LIMIT 2000
