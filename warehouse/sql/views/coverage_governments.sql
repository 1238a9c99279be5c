-- One row a region of the national list and a year that the warehouse has reports on: is there a report of its government?
-- Missing: not in this warehouse. A government that names itself in another way than by its region alone is not seen. Taiwan, Hong Kong and Macao,
-- where the Regulation does not hold, are left out. A code that changed its name has a row a name in regions: join by the year, too.
-- 全国区划目录中每个行政区在本库有报告的每一年度一行：有无其政府的报告。不含不适用《条例》的台湾、香港、澳门。regions中更名的代码每个名称一行，连接时须兼及年度。缺：本库没有，不等于未公布。
-- year: Year · 年度
-- region_code: Code valid in that year · 当年有效的代码
-- region: Name of the region · 行政区名称
-- level: province, prefecture or county · 省、地、县级
-- province_code: Code of its province · 所属省级代码
-- status: published or missing · 有（published）或缺（missing）
-- report_id: The government's report · 政府的报告
WITH years AS (
    SELECT DISTINCT year FROM reports WHERE year IS NOT NULL
),
governments AS (
    SELECT r.year, r.region_code, min(r.report_id) AS report_id
    FROM reports r
    WHERE r.publisher_kind = 'government' AND r.level IN ('province', 'prefecture', 'county')
    GROUP BY r.year, r.region_code
)
SELECT
    y.year,
    n.region_code,
    n.name AS region,
    n.level,
    n.region_code[:2] || '0000' AS province_code,
    CASE WHEN g.report_id IS NULL THEN 'missing' ELSE 'published' END AS status,
    g.report_id
FROM years y
JOIN regions n ON y.year BETWEEN coalesce(n.valid_from, 0) AND coalesce(n.valid_to, 9999)
LEFT JOIN governments g ON g.year = y.year AND g.region_code = n.region_code
WHERE n.region_code NOT IN ('710000', '810000', '820000')
