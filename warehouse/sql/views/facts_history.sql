-- What each report was known to state at any time: every fact, as long as it stood so. What counted on a date: is_primary,
-- valid_from at or before the date, and valid_to after it or null.
-- 各报告在任一时点已知的内容：每项事实及其有效期间。
-- fact_id: Fact · 事实
-- report_id: Report · 报告
-- document_id: Document that states it · 载明该数字的文件
-- indicator_id: Indicator of the catalogue · 目录中的指标
-- applicant_type: Kind of applicant · 申请人类别
-- period: What time the number is on · 数字所指的时期
-- value: Value · 数值
-- unit: Unit of the value · 数值单位
-- value_text: As written · 原文写法
-- qualifier: How exactly it is stated · 表述的精确程度
-- method: Read from a table or from prose · 取自表格或正文
-- rule_id: Rule that read it · 读取所用的规则
-- quote: The source's own characters · 原文
-- is_primary: The one value to use at that time · 当时应采用的数值
-- valid_from: Since when it stood so, in UTC · 自何时起（UTC）
-- valid_to: Until when, exclusive; null where it still does · 至何时止（不含）；至今有效者为空
SELECT
    fact_id, report_id, document_id, indicator_id, applicant_type, period, value, unit, value_text, qualifier, method, rule_id,
    quote, is_primary, valid_from, NULL::TIMESTAMP AS valid_to
FROM facts
UNION ALL
SELECT
    fact_id, report_id, document_id, indicator_id, applicant_type, period, value, unit, value_text, qualifier, method, rule_id,
    quote, is_primary, valid_from, valid_to
FROM facts_past
