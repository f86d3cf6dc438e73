Attribute VB_Name = "XlcreditRibbon"
'What the ribbon calls: its words in the user's language, and one callback for every button.
Option Explicit

'Runs the macro that the button's tag names.
Public Sub XlcreditAction(control As IRibbonControl)
    On Error GoTo Failed
    RunPython "import udfs.macros; udfs.macros." & control.Tag & "()"
    Exit Sub
Failed:
    MsgBox Err.Description, vbExclamation, Word("credit.label")
End Sub

Public Sub XlcreditLabel(control As IRibbonControl, ByRef returned As Variant)
    returned = Word(control.ID & ".label")
End Sub

Public Sub XlcreditTip(control As IRibbonControl, ByRef returned As Variant)
    returned = Word(control.ID & ".tip")
End Sub

Public Sub XlcreditMore(control As IRibbonControl, ByRef returned As Variant)
    returned = Word(control.ID & ".more")
End Sub

'A workbook that carries the functions shows no second tab where the add-in is loaded.
Public Sub XlcreditVisible(control As IRibbonControl, ByRef returned As Variant)
    returned = ThisWorkbook.IsAddin Or Not IsAddinOpen()
End Sub

Private Function IsAddinOpen() As Boolean
    On Error Resume Next
    IsAddinOpen = Workbooks("xlcredit.xlam").Name <> ""
End Function
