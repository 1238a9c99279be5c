-- One row an indicator and a form that has it: which series its numbers belong to. Numbers of one series may stand in one line of a chart.
-- 每项指标与载有该指标的格式版本一行：其数字属于哪一序列；同一序列的数字可以连成一线。
-- indicator_id: Indicator of the catalogue · 目录中的指标
-- generation: Form · 格式版本
-- series: The first form of the series · 该序列的首个格式版本
WITH members AS (
    SELECT indicator_id, unnest(string_split(generations, '|')) AS generation FROM indicators
    UNION
    SELECT indicator_id, from_generation FROM comparability
    UNION
    SELECT indicator_id, to_generation FROM comparability
)
SELECT
    m.indicator_id,
    m.generation,
    max(CASE WHEN c.comparability IS DISTINCT FROM 'same' THEN m.generation END)
        OVER (PARTITION BY m.indicator_id ORDER BY m.generation) AS series
FROM members m
LEFT JOIN comparability c ON c.indicator_id = m.indicator_id AND c.to_generation = m.generation
