-- What is not rows: routines, triggers, views on views, an event, an account.
CREATE FUNCTION shop.order_total(wanted BIGINT UNSIGNED) RETURNS DECIMAL(12,2)
  READS SQL DATA
  RETURN (SELECT SUM(quantity * price) FROM shop.order_items WHERE order_id = wanted)

CREATE PROCEDURE shop.ship(IN wanted BIGINT UNSIGNED)
BEGIN
  UPDATE shop.orders SET state = 'shipped', shipped_at = '2026-01-01' WHERE id = wanted;
  SELECT ROW_COUNT() AS shipped;
END

CREATE TRIGGER shop.note_state AFTER UPDATE ON shop.orders FOR EACH ROW
BEGIN
  IF OLD.state <> NEW.state THEN
    INSERT INTO shop.state_changes (order_id, was, became) VALUES (NEW.id, OLD.state, NEW.state);
  END IF;
END

CREATE VIEW shop.revenue AS
SELECT o.store_id, SUM(i.quantity * i.price) AS revenue
FROM shop.orders o JOIN shop.order_items i ON i.order_id = o.id WHERE o.state <> 'returned'
GROUP BY o.store_id

CREATE VIEW stats.revenue_by_city AS
SELECT s.city, SUM(r.revenue) AS revenue
FROM shop.revenue r JOIN shop.stores s ON s.id = r.store_id GROUP BY s.city

-- by its name it comes before the view it needs
CREATE VIEW shop.best_city AS
SELECT city, revenue FROM stats.revenue_by_city ORDER BY revenue DESC LIMIT 1

CREATE EVENT stats.forget_views ON SCHEDULE EVERY 1 DAY
  DO DELETE FROM stats.page_views WHERE day < CURRENT_DATE - INTERVAL 10 YEAR

CREATE USER 'cashier'@'10.%' IDENTIFIED BY PASSWORD '*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19'

GRANT SELECT, INSERT, UPDATE ON shop.* TO 'cashier'@'10.%'
