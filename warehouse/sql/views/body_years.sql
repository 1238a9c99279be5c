-- One row a body and a year with its report; of several reports of one year the one published last.
-- 每个机关每年度一行及其报告；同一年度有多份者取最后发布的一份。
-- body_id: Body · 机关
-- year: Year that the report is on · 报告年度
-- report_id: Its report · 报告
-- generation: Form that the report follows · 所用格式的版本
SELECT b.body_id, r.year, r.report_id, r.generation
FROM reports r
JOIN body_reports b USING (report_id)
WHERE r.year IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY b.body_id, r.year ORDER BY r.published_on DESC NULLS LAST, r.report_id) = 1
