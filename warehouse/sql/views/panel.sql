-- One row a report, each indicator a column (all applicants together, the report's own year). An indicator whose meaning changed has a column
-- a series, named after the first form of it (request_outcome_granted_2019): no column mixes numbers that are not the same.
-- Null: not stated, or stated in a report of another form. Split by applicant: see facts.
-- 每份报告一行，每项指标一列（申请人合计、报告年度）。口径有变的指标按序列分列，列名带该序列的首个格式版本，故一列之中口径一致。空：未载明或属其他格式。
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
numbers AS (
    SELECT
        f.report_id,
        c.column_no,
        f.value,
        CASE WHEN f.qualifier <> 'exact' THEN f.indicator_id END AS inexact,
        CASE WHEN c.column_no IS NULL THEN f.indicator_id END AS unplaced
    FROM facts f
    JOIN reports r USING (report_id)
    LEFT JOIN columns_of c ON c.indicator_id = f.indicator_id AND c.generation = r.generation
    WHERE f.is_primary AND f.period = 'year' AND f.applicant_type = 'total'
),
stated AS (
    SELECT
        report_id,
        string_agg(inexact, '|' ORDER BY inexact) AS inexact,
        string_agg(unplaced, '|' ORDER BY unplaced) AS unplaced,
        {{columns}}
    FROM numbers
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
    s.* EXCLUDE (report_id)
FROM reports r
LEFT JOIN body_reports b USING (report_id)
LEFT JOIN stated s USING (report_id)
