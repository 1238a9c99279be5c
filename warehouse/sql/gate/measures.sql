-- What the gate compares: each measure of the whole warehouse, of a source where one is named, with the rows it rests on.
-- A source is the host that a document was fetched from; without an address, the first folder of its path.
WITH described AS (
    SELECT
        coalesce(
            nullif(regexp_extract(d.url, '^https?://([^/?#]+)', 1), ''),
            nullif(regexp_extract(d.source_ref, '^([^/]+)/', 1), ''),
            'the input folder itself'
        ) AS source,
        (
            (r.publisher IS NOT NULL)::INTEGER
            + (r.year IS NOT NULL)::INTEGER
            + (r.region_code IS NOT NULL)::INTEGER
            + (r.generation IS NOT NULL)::INTEGER
            + (r.published_on IS NOT NULL)::INTEGER
        ) / 5 AS filled
    FROM w.main.reports r
    JOIN w.main.documents d USING (document_id)
),
totals AS (SELECT count(*) AS reports FROM w.main.reports)
SELECT 'reports' AS measure, source, count(*)::DOUBLE AS value, count(*) AS rests_on FROM described GROUP BY source
UNION ALL
SELECT 'reports', NULL, reports, reports FROM totals
UNION ALL
SELECT 'fill_rate', source, avg(filled), count(*) FROM described GROUP BY source
UNION ALL
SELECT 'fill_rate', NULL, avg(filled), count(*) FROM described
UNION ALL
SELECT 'facts_a_report', NULL, (SELECT count(*) FROM w.main.facts WHERE is_primary) / nullif(reports, 0), reports
FROM totals
UNION ALL
SELECT 'failed_checks', NULL, avg((status = 'fail')::INTEGER), count(*) FROM w.main.checks WHERE status <> 'incomplete'
UNION ALL
SELECT
    'unexplained_numerals',
    NULL,
    count(*) FILTER (fact_id IS NULL AND (reason IS NULL OR reason = 'unexplained')) / nullif(count(*), 0),
    count(*)
FROM w.main.numerals;
