<?php
// The bill of bench_pdf's CONTENT by TCPDF, in cells:
//   php pdf_tcpdf.php COUNT OUT CONTENT
require 'tcpdf/tcpdf.php';
[, $count, $out, $content] = $argv;
$bill = json_decode(file_get_contents($content), true);

function section($pdf, string $title)
{
    $pdf->SetFont('dejavusans', 'B', 12);
    $pdf->Cell(0, 16, $title, 0, 1);
    $pdf->SetFont('dejavusans', '', 9);
}

function table($pdf, array $widths, array $rows)
{
    foreach ($rows as $row) {
        foreach ($row as $i => $text) {
            $pdf->Cell($widths[$i], 14, $text, 'T', 0, $i > 0 ? 'R' : 'L');
        }
        $pdf->Ln();
    }
    $pdf->Ln(6);
}

for ($n = 0; $n < (int)$count; $n++) {
    $pdf = new TCPDF('P', 'pt', 'A4', true, 'UTF-8');
    $pdf->setPrintHeader(false);
    $pdf->setPrintFooter(false);
    $pdf->AddPage();
    $pdf->SetFont('dejavusans', 'B', 18);
    $pdf->Cell(0, 24, implode(' ', $bill['title']), 0, 1);
    $pdf->SetFont('dejavusans', '', 9);
    for ($i = 0; $i < count($bill['columns'][0]); $i++) {
        $pdf->SetFont('dejavusans', $i == 1 || $i == 3 ? 'B' : '', 9);
        foreach ($bill['columns'] as $column) {
            $pdf->Cell(176, 12, $column[$i] ?? '');
        }
        $pdf->Ln();
    }
    $pdf->write2DBarcode($bill['code'][0], 'QRCODE,M', 440, '', 90, 90);
    foreach ($bill['pay'] as $i => $line) {
        $pdf->SetFont('dejavusans', $i == 1 ? 'B' : '', $i == 1 ? 18 : 9);
        $pdf->Cell(0, 12, $line, 0, 1);
    }
    section($pdf, $bill['sections'][0]);
    table($pdf, [190, 70, 60, 70, 50, 90], $bill['lines']);
    section($pdf, $bill['sections'][1]);
    table($pdf, [200, 110, 110, 110], $bill['sums']);
    section($pdf, $bill['sections'][2]);
    table($pdf, [140, 130, 130, 130], $bill['registers']);
    foreach ($bill['foot'] as $line) {
        $pdf->Cell(0, 12, $line, 0, 1);
    }
    $made = $pdf->Output('', 'S');
}
file_put_contents($out, $made);
