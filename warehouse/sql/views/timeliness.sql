-- One row a report: was it published by the day that the Regulation sets? Departments: 31 January since the reports on 2019; governments of
-- counties and above, and everybody before: 31 March; townships and streets since 2019: the Regulation names no day. The date is the one that the document states, which may be a signature's; a page moved later may state a later
-- one. A date before the reported year's last month is another thing's, and counts as none.
-- 每份报告一行：是否按《条例》期限公布。2019年度起部门为1月31日；县级以上政府及此前各机关为3月31日；2019年度起乡镇、街道无规定期限。日期取自文件，可能为落款日期；早于报告年度12月者非公布日期，视为无日期。
-- report_id: Report · 报告
-- body_id: Body · 机关
-- year: Year that the report is on · 报告年度
-- publisher: Body that reports · 报告机关
-- publisher_kind: Kind of body · 机关类别
-- published_on: Date of publication · 发布日期
-- due_on: Day by which it is due; null where the Regulation sets none for this kind of body · 应公布日期；该类机关无规定者为空
-- days_late: Days after that day, negative before it · 逾期天数，提前者为负
-- status: on_time, late, no_date (none stated that can be its own) or no_deadline · 按时、逾期、无日期或无期限
-- source: Where the deadline stands · 期限依据
WITH due AS (
    SELECT
        r.*,
        make_date(r.year + 1, d.month, d.day) AS due_on,
        CASE WHEN r.published_on >= make_date(r.year, 12, 1) THEN r.published_on END AS came_on,
        d.source
    FROM reports r
    LEFT JOIN deadlines d
        ON d.publisher_kind = r.publisher_kind
        AND r.year BETWEEN d.year_from AND coalesce(d.year_to, 9999)
        AND (d.levels IS NULL OR list_contains(string_split(d.levels, '|'), r.level))
)
SELECT
    d.report_id,
    b.body_id,
    d.year,
    d.publisher,
    d.publisher_kind,
    d.published_on,
    d.due_on,
    d.came_on - d.due_on AS days_late,
    CASE
        WHEN d.due_on IS NULL THEN 'no_deadline'
        WHEN d.came_on IS NULL THEN 'no_date'
        WHEN d.came_on <= d.due_on THEN 'on_time'
        ELSE 'late'
    END AS status,
    d.source
FROM due d
LEFT JOIN body_reports b USING (report_id)
