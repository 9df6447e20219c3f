{{%AUTOESCAPE context="HTML"}}
<main>{{PICTURE:x-svg}}</main>
{{#ROW}}
<p>{{PICTURE:x-svg}}</p>
{{/ROW}}
