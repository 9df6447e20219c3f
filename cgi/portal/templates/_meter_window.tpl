{{%AUTOESCAPE context="HTML"}}
{{! When an index may be sent: one of its sections shows. }}
{{#WIN_OPEN}}<strong>{{OPENS_ON}} – {{CLOSES_ON}}</strong>, [[DAYS_LEFT: {{DAYS_LEFT}} day left | {{DAYS_LEFT}} days left]]{{/WIN_OPEN}}{{#WIN_SENT}}[[sent on {{SENT_ON}}, until {{CLOSES_ON}} it can be corrected]]{{#WIN_SENT_IN_CHECK}} · [[index|in check]]{{/WIN_SENT_IN_CHECK}}{{/WIN_SENT}}{{#WIN_NEXT}}[[next: {{NEXT_OPENS_ON}} – {{NEXT_CLOSES_ON}}]]{{/WIN_NEXT}}{{#WIN_NONE}}[[no reading period]]{{/WIN_NONE}}{{#WIN_GONE}}[[taken out on {{REMOVED_ON}}]]{{/WIN_GONE}}
