{{%AUTOESCAPE context="HTML"}}
{{! Thirty rows of this is what view_bench measures.  }}
{{>_begin}}
<h1>[[Your invoices]]</h1>
{{#HAS_ROWS}}
<table>
{{#ROW}}
<tr class="{{KIND}}">
<td><a href="/invoices/{{ID}}" title="{{LABEL}}">{{NUMBER}}</a></td>
<td>{{ISSUED_ON}}</td>
<td>{{DUE_ON}}</td>
<td>{{TOTAL}}</td>
<td>{{OPEN}}</td>
<td>{{AT}}</td>
</tr>
{{/ROW}}
</table>
{{/HAS_ROWS}}
{{#NO_ROWS}}
<p>[[There are no invoices]]</p>
{{/NO_ROWS}}
{{>_end}}
