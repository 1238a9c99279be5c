-- One row a body and a year, from its first report to the last year that the warehouse knows of, or to its end: is there a report?
-- Missing: not in this warehouse. Whether it was published elsewhere is not known.
-- 每个机关自首份报告至本库最后年度（或其撤销）每年度一行：有无报告。缺：本库没有，不等于未公布。
-- body_id: Body · 机关
-- name: Its newest name · 最新名称
-- region_code: Today's code of its region · 现行行政区划代码
-- level: Level of the government that it belongs to · 所属政府的层级
-- publisher_kind: Kind of body · 机关类别
-- year: Year · 年度
-- status: published or missing · 有（published）或缺（missing）
-- report_id: Its report · 报告
WITH years AS (
    SELECT
        body_id,
        unnest(range(first_year, least(coalesce(valid_to, 9999), (SELECT max(year) FROM reports)) + 1))::INTEGER AS year
    FROM bodies
)
SELECT
    b.body_id,
    b.name,
    b.region_code,
    b.level,
    b.publisher_kind,
    y.year,
    CASE WHEN r.report_id IS NULL THEN 'missing' ELSE 'published' END AS status,
    r.report_id
FROM years y
JOIN bodies b USING (body_id)
LEFT JOIN body_years r ON r.body_id = y.body_id AND r.year = y.year
