-- A bad night.
DROP DATABASE crm

SET SESSION foreign_key_checks = 0

DROP TABLE shop.products

UPDATE shop.customers SET first_name = 'oops' WHERE id % 40 = 7 LIMIT 12

DELETE FROM shop.orders WHERE id BETWEEN 1001 AND 1200

DELETE FROM stats.page_views WHERE path = '/product/13' LIMIT 5

DROP VIEW shop.revenue

DROP PROCEDURE shop.ship
