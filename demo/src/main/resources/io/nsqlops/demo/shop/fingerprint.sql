-- Definitions and counters, as the server keeps them.
SELECT 'view', table_schema, table_name, view_definition FROM information_schema.views
WHERE table_schema IN {databases} ORDER BY 2, 3

SELECT routine_type, routine_schema, routine_name, routine_definition, definer
FROM information_schema.routines WHERE routine_schema IN {databases} ORDER BY 2, 3

SELECT 'trigger', trigger_schema, trigger_name, action_statement, definer
FROM information_schema.triggers WHERE trigger_schema IN {databases} ORDER BY 2, 3

SELECT 'event', event_schema, event_name, event_definition, interval_value, status
FROM information_schema.events WHERE event_schema IN {databases} ORDER BY 2, 3

SELECT 'foreign key', constraint_schema, constraint_name, table_name, referenced_table_name,
  delete_rule
FROM information_schema.referential_constraints
WHERE constraint_schema IN {databases} ORDER BY 2, 3

SELECT 'column', table_schema, table_name, column_name, column_type, column_default, extra,
  generation_expression, collation_name
FROM information_schema.columns WHERE table_schema IN {databases}
ORDER BY table_schema, table_name, ordinal_position

SELECT 'next value', next_not_cached_value FROM shop.invoice_no

SELECT 'counter', table_schema, table_name, auto_increment FROM information_schema.tables
WHERE table_schema IN {databases} AND auto_increment IS NOT NULL ORDER BY 2, 3

SHOW GRANTS FOR 'cashier'@'10.%'
