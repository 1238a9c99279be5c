-- BM25 over the texts that have every run: how often each run is in a text at most, how rare it is, how long the text is.
WITH runs AS (
    {{runs}}
),
live AS (
    SELECT runs.run, runs.occurrences, t.document_id, t.characters
    FROM runs JOIN internal.search_texts t USING (text_no)
),
collection AS (
    SELECT count(*) AS texts, avg(characters) AS length FROM internal.search_texts
),
rarity AS (
    SELECT run, ln(1 + (any_value(c.texts) - count(*) + 0.5) / (count(*) + 0.5)) AS weight
    FROM live CROSS JOIN collection c
    GROUP BY run
),
constants AS (
    SELECT ?::DOUBLE AS k, ?::DOUBLE AS b
)
SELECT
    l.document_id,
    sum(r.weight * l.occurrences * (k + 1) / (l.occurrences + k * (1 - b + b * l.characters / c.length))) AS score
FROM live l
JOIN rarity r USING (run)
CROSS JOIN collection c
CROSS JOIN constants
WHERE l.document_id IN (SELECT document_id FROM reports)
GROUP BY l.document_id
HAVING count(*) = ?
ORDER BY score DESC, l.document_id
LIMIT 2000
