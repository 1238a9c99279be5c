-- One row a report: how much of what its form asks for it has. An indicator that the form has and the report does not state may be a blank cell,
-- a row left out, or a number that was not understood: see cells and numerals.
-- 每份报告一行：格式要求的内容有多少。格式有而报告未载明的指标，可能为空格、缺行或未能识别，见cells与numerals。
-- report_id: Report · 报告
-- body_id: Body · 机关
-- year: Year that the report is on · 报告年度
-- generation: Form that the report follows · 所用格式的版本
-- parts_expected: Statutory parts that it must have · 应有的法定部分数
-- parts_present: Those that it has · 已有的法定部分数
-- parts_missing: Those that it has not, separated by | · 缺少的法定部分，以|分隔
-- indicators_expected: Indicators that its form has a row of, not those that are only sums of rows · 该格式设有行次的指标数，不含仅为各行之和者
-- indicators_stated: Those of them that it states for the year · 其中本年度已载明的指标数
-- indicator_share: Stated of expected, 0 to 1 · 载明占应有之比（0至1）
-- cells_empty: Cells left blank, with a slash or a dash · 空格、斜线或横线的单元格数
-- numerals_unexplained: Numerals beside an indicator's words that no rule took · 位于指标词语旁而无规则采用的数字
WITH parts_of (indicator_id, generation, part, part_count) AS (
    VALUES {{sums}}
),
rows_of AS (
    SELECT indicator_id, unnest(string_split(generations, '|')) AS generation FROM indicators
    EXCEPT
    SELECT indicator_id, generation FROM parts_of
),
expected AS (
    SELECT generation, count(*) AS indicators_expected FROM rows_of GROUP BY generation
),
stated AS (
    SELECT s.report_id, count(*) AS indicators_stated
    FROM (SELECT DISTINCT report_id, indicator_id FROM facts WHERE is_primary AND period = 'year') s
    JOIN reports r USING (report_id)
    JOIN rows_of USING (indicator_id, generation)
    GROUP BY s.report_id
),
part_counts AS (
    SELECT
        report_id,
        count(*) AS parts_expected,
        count(*) FILTER (status = 'present') AS parts_present,
        string_agg(part, '|' ORDER BY part) FILTER (status = 'missing') AS parts_missing
    FROM parts
    GROUP BY report_id
),
empty_cells AS (
    SELECT document_id, count(*) AS cells_empty FROM cells WHERE status IN ('blank', 'slash', 'dash') GROUP BY document_id
),
unexplained AS (
    SELECT document_id, count(*) AS numerals_unexplained
    FROM numerals
    WHERE fact_id IS NULL AND coalesce(reason, 'unexplained') = 'unexplained'
    GROUP BY document_id
)
SELECT
    r.report_id,
    b.body_id,
    r.year,
    r.generation,
    p.parts_expected,
    p.parts_present,
    p.parts_missing,
    e.indicators_expected,
    coalesce(s.indicators_stated, 0) AS indicators_stated,
    coalesce(s.indicators_stated, 0) / e.indicators_expected AS indicator_share,
    coalesce(c.cells_empty, 0) AS cells_empty,
    coalesce(u.numerals_unexplained, 0) AS numerals_unexplained
FROM reports r
LEFT JOIN body_reports b USING (report_id)
LEFT JOIN part_counts p USING (report_id)
LEFT JOIN expected e USING (generation)
LEFT JOIN stated s USING (report_id)
LEFT JOIN empty_cells c USING (document_id)
LEFT JOIN unexplained u USING (document_id)
