-- How long a guest's bill page lives is a setting.

ALTER TABLE ops.setting DROP CONSTRAINT setting_name_check;
ALTER TABLE ops.setting ADD CONSTRAINT setting_name_check
    CHECK (name IN ('sweep.first_s', 'order.life_s', 'unknown.after_s',
        'handle.life_s'));
INSERT INTO ops.setting (name, value) VALUES ('handle.life_s', 1800);
