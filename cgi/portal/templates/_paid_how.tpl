{{%AUTOESCAPE context="HTML"}}
{{#BY_CARD}}[[card, on the internet]]{{/BY_CARD}}{{#BY_BANK}}[[bank transfer]]{{/BY_BANK}}{{#BY_CASH}}[[cash desk]]{{/BY_CASH}}{{#BY_CREDIT}}[[credit of the account]]{{/BY_CREDIT}}{{#BY_OTHER}}[[another way]]{{/BY_OTHER}}
