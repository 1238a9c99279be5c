-- What was known of each report at any time: a row as long as it stood so.
-- 各报告在任一时点的已知情况及其有效期间。
-- report_id: Report · 报告
-- document_id: Document that it was read from then · 当时所取的主文件
-- title: Title · 标题
-- year: Year that the report is on · 报告年度
-- publisher: Body that reports · 报告机关
-- region_code: Code of the region · 行政区划代码
-- region: Name of the region · 行政区名称
-- level: Level of the government · 政府层级
-- publisher_kind: Kind of body · 机关类别
-- generation: Form that it follows · 所用格式的版本
-- published_on: Date of publication · 发布日期
-- valid_from: Since when it stood so, in UTC · 自何时起（UTC）
-- valid_to: Until when, exclusive; null where it still does · 至何时止（不含）；至今有效者为空
SELECT
    report_id, document_id, title, year, publisher, region_code, region, level, publisher_kind, generation, published_on, valid_from,
    NULL::TIMESTAMP AS valid_to
FROM reports
UNION ALL
SELECT
    report_id, document_id, title, year, publisher, region_code, region, level, publisher_kind, generation, published_on, valid_from,
    valid_to
FROM reports_past
