{{%AUTOESCAPE context="HTML"}}
{{>_sb_head}}
<title>Mailbox - sandbox</title>
{{>_sb_top}}
<h1>Mailbox</h1>
{{#EMPTY}}<p>No mail yet. Mails arrive within a few seconds.</p>{{/EMPTY}}
<div class="scroll"><table>
<thead><tr><th scope="col">Arrived</th><th scope="col">To</th><th scope="col">Subject</th></tr></thead>
<tbody>
{{#ROWS}}<tr><td>{{CREATED}}</td><td>{{TO}}</td><td><a href="/mail/{{NAME:u}}">{{SUBJECT}}</a></td></tr>
{{/ROWS}}
</tbody></table></div>
{{>_sb_foot}}
