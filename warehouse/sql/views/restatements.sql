-- One row a number that is contradicted: by another version of the report, by what the next year's report says of the year before (where
-- both years' forms count the same thing), or by what it carries over. Only numbers that are stated exactly contradict each other. Which of
-- the two is right is not known.
-- 与他处所载不一致的数字每项一行：同一报告的另一版本、次年报告所载上年数（限两年口径相同者），或次年报告的上年结转数。仅确数相互比较，孰是孰非不明。
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
    SELECT y.body_id, y.year, y.report_id, y.generation, f.indicator_id, f.applicant_type, f.value, f.fact_id
    FROM body_years y
    JOIN facts f USING (report_id)
    WHERE f.is_primary AND f.period = 'year' AND f.qualifier = 'exact'
),
-- What a report says of the year before is never primary; said twice in its document with one value, it counts once.
said_later AS (
    SELECT
        y.body_id, y.year - 1 AS year, y.report_id, y.generation, f.indicator_id, f.applicant_type, f.value,
        min_by(f.fact_id, (f.char_start, f.fact_id)) AS fact_id
    FROM body_years y
    JOIN reports r USING (report_id)
    JOIN facts f ON f.report_id = r.report_id AND f.document_id = r.document_id
    WHERE f.period = 'previous_year' AND f.qualifier = 'exact'
    GROUP BY ALL
),
pairs AS (
    SELECT
        'version' AS kind, b.body_id, r.year, p.indicator_id, p.applicant_type, p.value, o.value AS other_value,
        p.report_id, o.report_id AS other_report_id, p.fact_id, o.fact_id AS other_fact_id
    FROM facts p
    JOIN facts o USING (report_id, indicator_id, applicant_type, period)
    JOIN reports r USING (report_id)
    LEFT JOIN body_reports b USING (report_id)
    WHERE
        p.is_primary
        AND o.is_document_primary
        AND o.document_id <> p.document_id
        AND p.qualifier = 'exact'
        AND o.qualifier = 'exact'
    UNION ALL
    SELECT
        'previous_year', p.body_id, p.year, p.indicator_id, p.applicant_type, p.value, o.value,
        p.report_id, o.report_id, p.fact_id, o.fact_id
    FROM numbers p
    JOIN said_later o USING (body_id, year, indicator_id, applicant_type)
    JOIN comparisons c
        ON c.indicator_id = p.indicator_id AND c.previous_generation = p.generation AND c.generation = o.generation
    WHERE c.comparability = 'same'
    UNION ALL
    SELECT
        'carried_over', p.body_id, p.year, p.indicator_id, p.applicant_type, p.value, o.value,
        p.report_id, o.report_id, p.fact_id, o.fact_id
    FROM numbers p
    JOIN numbers o ON o.body_id = p.body_id AND o.year = p.year + 1 AND o.applicant_type = p.applicant_type
    WHERE p.indicator_id = 'request.carried_out' AND o.indicator_id = 'request.received.carried_in'
)
SELECT * FROM pairs WHERE value <> other_value
