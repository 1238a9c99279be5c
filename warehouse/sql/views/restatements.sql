-- One row a number that is contradicted: by another version of the report, by what the next year's report says of the year before, or by
-- what it carries over. Which of the two is right is not known.
-- 与他处所载不一致的数字每项一行：同一报告的另一版本、次年报告所载上年数，或次年报告的上年结转数。孰是孰非不明。
-- kind: version, previous_year or carried_over · 另一版本、次年所载上年数或结转数
-- body_id: Body · 机关
-- year: Year that the number is on · 数字所属年度
-- indicator_id: Indicator · 指标
-- applicant_type: Kind of applicant · 申请人类别
-- value: Value to use by the warehouse's rule · 依本库规则采用的数值
-- other_value: What is said elsewhere · 他处所载数值
-- report_id: Report of the year · 该年度报告
-- other_report_id: Report that says otherwise · 说法不同的报告
-- fact_id: Fact of the value · 该数值的事实
-- other_fact_id: Fact that says otherwise · 说法不同的事实
WITH numbers AS (
    SELECT y.body_id, y.year, y.report_id, f.indicator_id, f.applicant_type, f.period, f.value, f.fact_id
    FROM body_years y
    JOIN facts f USING (report_id)
    WHERE f.is_primary
),
pairs AS (
    SELECT
        'version' AS kind, b.body_id, r.year, p.indicator_id, p.applicant_type, p.value, o.value AS other_value,
        p.report_id, o.report_id AS other_report_id, p.fact_id, o.fact_id AS other_fact_id
    FROM facts p
    JOIN facts o USING (report_id, indicator_id, applicant_type, period)
    JOIN reports r USING (report_id)
    LEFT JOIN body_reports b USING (report_id)
    WHERE p.is_primary AND o.is_document_primary AND o.document_id <> p.document_id
    UNION ALL
    SELECT
        'previous_year', p.body_id, p.year, p.indicator_id, p.applicant_type, p.value, o.value,
        p.report_id, o.report_id, p.fact_id, o.fact_id
    FROM numbers p
    JOIN numbers o
        ON o.body_id = p.body_id
        AND o.year = p.year + 1
        AND o.indicator_id = p.indicator_id
        AND o.applicant_type = p.applicant_type
    WHERE p.period = 'year' AND o.period = 'previous_year'
    UNION ALL
    SELECT
        'carried_over', p.body_id, p.year, p.indicator_id, p.applicant_type, p.value, o.value,
        p.report_id, o.report_id, p.fact_id, o.fact_id
    FROM numbers p
    JOIN numbers o ON o.body_id = p.body_id AND o.year = p.year + 1 AND o.applicant_type = p.applicant_type
    WHERE
        p.period = 'year'
        AND o.period = 'year'
        AND p.indicator_id = 'request.carried_out'
        AND o.indicator_id = 'request.received.carried_in'
)
SELECT * FROM pairs WHERE value <> other_value
