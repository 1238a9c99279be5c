-- One row an indicator and two forms, neighbours or not, either way round: what the second counts against the first.
-- 每项指标与任意两版格式（含不相邻及逆向）一行：后者口径相对前者。
-- indicator_id: Indicator of the catalogue · 目录中的指标
-- previous_generation: The form compared with · 对照的格式版本
-- generation: The form that is compared · 所比较的格式版本
-- comparability: same, wider, narrower or not_comparable · 相同、较宽、较窄或不可比
-- reason: Why it is not the same, in English · 不同的理由（英文）
-- reason_zh: Why it is not the same, in Chinese · 不同的理由（中文）
WITH forms AS (
    SELECT unnest(['2008', '2014', '2019', '2021']) AS generation
),
steps AS (
    SELECT generation AS from_generation, lead(generation) OVER (ORDER BY generation) AS to_generation FROM forms
),
pairs AS (
    SELECT i.indicator_id, p.generation AS previous_generation, n.generation
    FROM indicators i CROSS JOIN forms p CROSS JOIN forms n
)
SELECT
    p.indicator_id,
    p.previous_generation,
    p.generation,
    CASE
        WHEN count(c.comparability) < count(s.from_generation) THEN 'not_comparable'
        WHEN bool_or(c.comparability = 'not_comparable') THEN 'not_comparable'
        WHEN bool_or(c.comparability = 'wider') AND bool_or(c.comparability = 'narrower') THEN 'not_comparable'
        WHEN bool_or(c.comparability = 'wider')
            THEN CASE WHEN p.generation > p.previous_generation THEN 'wider' ELSE 'narrower' END
        WHEN bool_or(c.comparability = 'narrower')
            THEN CASE WHEN p.generation > p.previous_generation THEN 'narrower' ELSE 'wider' END
        ELSE 'same'
    END AS comparability,
    CASE
        WHEN count(c.comparability) < count(s.from_generation) THEN 'one of the forms has no such row'
        ELSE string_agg(c.reason, '; ' ORDER BY s.from_generation) FILTER (c.comparability <> 'same')
    END AS reason,
    CASE
        WHEN count(c.comparability) < count(s.from_generation) THEN '其中一版格式无此行'
        ELSE string_agg(c.reason_zh, '；' ORDER BY s.from_generation) FILTER (c.comparability <> 'same')
    END AS reason_zh
FROM pairs p
LEFT JOIN steps s
    ON s.from_generation >= least(p.previous_generation, p.generation)
    AND s.to_generation <= greatest(p.previous_generation, p.generation)
LEFT JOIN comparability c
    ON c.indicator_id = p.indicator_id
    AND c.from_generation = s.from_generation
    AND c.to_generation = s.to_generation
GROUP BY p.indicator_id, p.previous_generation, p.generation
