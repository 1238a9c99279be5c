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
-- availability: Of a report from sources: live, or removed where none of its addresses has it any more. Of a missing one: unfetched where addresses of that publisher could not be fetched. Null where no source says · 来源报告：仍在（live）或已撤下（removed）；缺者：该机关有网址未能取得（unfetched）；来源未涉及者为空
WITH held AS (
    SELECT document_id, bool_or(state IN ('live', 'changed', 'moved', 'blocked')) AS is_there
    FROM availability
    WHERE document_id IS NOT NULL
    GROUP BY document_id
),
unfetched AS (
    SELECT DISTINCT publisher
    FROM availability
    WHERE state IN ('blocked', 'never_seen') AND error_code NOT IN ('not_found', 'gone', 'error_page')
),
years AS (
    SELECT
        body_id,
        -- Looking back to before the first report there is no last year, and `least` would pass over it.
        unnest(range(first_year, least(coalesce(valid_to, 9999), (SELECT coalesce(max(year), 0) FROM reports)) + 1))::INTEGER AS year
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
    r.report_id,
    CASE
        WHEN r.report_id IS NULL AND u.publisher IS NOT NULL THEN 'unfetched'
        WHEN h.is_there THEN 'live'
        WHEN NOT h.is_there THEN 'removed'
    END AS availability
FROM years y
JOIN bodies b USING (body_id)
LEFT JOIN body_years r ON r.body_id = y.body_id AND r.year = y.year
LEFT JOIN reports p ON p.report_id = r.report_id
LEFT JOIN held h ON h.document_id = p.document_id
LEFT JOIN unfetched u ON u.publisher = b.name
