-- One row an identity that a report's own numbers break, or a finding about the report, with both sides and the equation.
-- 报告数字不符的每个恒等式或关于报告的每项发现一行，附两边数值与等式。
-- report_id: Report · 报告
-- body_id: Body · 机关
-- year: Year that the report is on · 报告年度
-- publisher: Body that reports · 报告机关
-- identity_id: Identity of the catalogue or kind of finding · 目录中的恒等式或发现的类别
-- applicant_type: Kind of applicant · 申请人类别
-- severity: How much it matters · 严重程度
-- lhs: Left side · 左边的值
-- rhs: Right side · 右边的值
-- difference: Left less right · 左减右
-- equation: The equation · 等式
-- detail: What was found · 具体发现
SELECT
    c.report_id,
    b.body_id,
    r.year,
    r.publisher,
    c.identity_id,
    c.applicant_type,
    c.severity,
    c.lhs,
    c.rhs,
    c.lhs - c.rhs AS difference,
    i.equation,
    c.detail
FROM checks c
JOIN reports r USING (report_id)
LEFT JOIN body_reports b USING (report_id)
LEFT JOIN identities i USING (identity_id)
WHERE c.status = 'fail'
