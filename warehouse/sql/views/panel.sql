-- One row a report, each indicator a column (all applicants together, the report's own year). An indicator whose meaning changed has a column
-- a series, named after the first form of it (request_outcome_granted_2019): no column mixes numbers that are not the same.
-- Null: not stated, or stated in a report of another form. Split by applicant: see facts. A total that the form has no row of (litigation_total
-- since 2019) and that is not stated in words is the sum of its rows, where all of them are stated. A body has more than one report on a year
-- where it reports under two names: body_years has one.
-- 每份报告一行，每项指标一列（申请人合计、报告年度）。口径有变的指标按序列分列，列名带该序列的首个格式版本，故一列之中口径一致。空：未载明或属其他格式。格式未设合计行（如2019年度起的litigation_total）且文字亦未载明者，取各分项之和（分项均载明时）。同一机关以两个名称报告同一年度者有多行，body_years仅取其一。
-- report_id: Report · 报告
-- body_id: Body over time, see bodies · 跨年度的机关，见bodies
-- year: Year that the report is on · 报告年度
-- publisher: Body that reports · 报告机关
-- region_code: GB/T 2260 code valid in that year · 当年有效的行政区划代码
-- region: Name of the region · 行政区名称
-- level: Level of the government that the body belongs to · 所属政府的层级
-- publisher_kind: Kind of body · 机关类别
-- generation: Form that the report follows · 所用格式的版本
-- published_on: Date of publication · 发布日期
-- inexact: Its indicators that are stated as about, at least or at most, separated by |; null where all are exact · 以约数或上下限表述的指标，以|分隔；均为确数者为空
-- unplaced: Indicators that it states and that have no column for its form, separated by |: see facts · 已载明而其格式无对应列的指标，以|分隔，见facts
WITH columns_of (indicator_id, generation, column_no) AS (
    VALUES {{members}}
),
parts_of (indicator_id, generation, part, part_count) AS (
    VALUES {{sums}}
),
stated AS (
    SELECT f.report_id, r.generation, f.indicator_id, f.value, f.qualifier
    FROM facts f
    JOIN reports r USING (report_id)
    WHERE f.is_primary AND f.period = 'year' AND f.applicant_type = 'total'
),
added AS (
    SELECT s.report_id, s.generation, p.indicator_id, sum(s.value) AS value, 'exact' AS qualifier
    FROM stated s
    JOIN parts_of p ON p.part = s.indicator_id AND p.generation = s.generation
    WHERE s.qualifier = 'exact'
    GROUP BY s.report_id, s.generation, p.indicator_id, p.part_count
    HAVING count(*) = p.part_count
),
numbers AS (
    SELECT * FROM stated
    UNION ALL
    SELECT a.*
    FROM added a
    ANTI JOIN (SELECT report_id, indicator_id FROM stated WHERE indicator_id IN (SELECT indicator_id FROM parts_of)) s
        ON s.report_id = a.report_id AND s.indicator_id = a.indicator_id
),
placed AS (
    SELECT
        n.report_id,
        c.column_no,
        n.value,
        CASE WHEN n.qualifier <> 'exact' THEN n.indicator_id END AS inexact,
        CASE WHEN c.column_no IS NULL THEN n.indicator_id END AS unplaced
    FROM numbers n
    LEFT JOIN columns_of c ON c.indicator_id = n.indicator_id AND c.generation = n.generation
),
wide AS (
    SELECT
        report_id,
        string_agg(inexact, '|' ORDER BY inexact) AS inexact,
        string_agg(unplaced, '|' ORDER BY unplaced) AS unplaced,
        {{columns}}
    FROM placed
    GROUP BY report_id
)
SELECT
    r.report_id,
    b.body_id,
    r.year,
    r.publisher,
    r.region_code,
    r.region,
    r.level,
    r.publisher_kind,
    r.generation,
    r.published_on,
    w.* EXCLUDE (report_id)
FROM reports r
LEFT JOIN body_reports b USING (report_id)
LEFT JOIN wide w USING (report_id)
