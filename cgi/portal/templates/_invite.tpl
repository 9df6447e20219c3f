{{%AUTOESCAPE context="HTML"}}
{{! What an invitation says. }}
<div class="slip">
<dl class="rows long">
<div><dt>[[You may]]</dt><dd>{{GRANT_MAY}}</dd></div>
<div><dt>[[Where]]</dt><dd>{{GRANT_PLACES}}</dd></div>
<div><dt>[[Until]]</dt><dd>{{GRANT_UNTIL}}</dd></div>
</dl>
</div>
