Attribute VB_Name = "XlcreditCalls"
'One call of a worksheet function: values in, values and real errors out.
Option Explicit
Option Private Module

'Why a cell shows an error, by the cell; CREDIT_EXPLAIN asks.
Private Reasons As Object

'More would only be kept for cells that have long changed.
Private Const MOST_REASONS As Long = 100000

'The function's answer: one value, or an array that spills.
Public Function CreditCall(Name As String, Arguments As Variant) As Variant
    Dim Answer As Variant
    On Error GoTo Failed
    If InWizard() Then
        CreditCall = ChrW$(&H2026)
        Exit Function
    End If
    #If Mac Then
        Err.Raise 1000, "xlcredit", Word("functions-need-windows")
    #Else
        Answer = PythonServer().CallUDF("udfs.functions", Name, Arguments)
    #End If
    'An explanation begins with the error it explains, and stays text.
    If Name <> "CREDIT_EXPLAIN" Then ShowErrors Answer
    CreditCall = Answer
    Exit Function
Failed:
    Answer = "#VALUE! " & Err.Description
    If Name <> "CREDIT_EXPLAIN" Then ShowErrors Answer
    CreditCall = Answer
End Function

'The values of an argument; Empty where it was omitted. One block of values is many times faster than a Range.
Public Function Values(Given As Variant) As Variant
    If IsMissing(Given) Then
        Values = Empty
    ElseIf IsObject(Given) Then
        Values = Given.Value2
    Else
        Values = Given
    End If
End Function

'The values of an argument, with the reason in place of every error that one of our functions gave.
Public Function Explained(Given As Variant) As Variant
    Dim Said As Variant, Row As Long, Column As Long
    Said = Values(Given)
    If IsObject(Given) Then
        If IsArray(Said) Then
            For Row = 1 To UBound(Said, 1)
                For Column = 1 To UBound(Said, 2)
                    Said(Row, Column) = ReasonOf(Given.Cells(Row, Column), Said(Row, Column))
                Next Column
            Next Row
        Else
            Said = ReasonOf(Given.Cells(1, 1), Said)
        End If
    End If
    Explained = Said
End Function

Private Function ReasonOf(Cell As Object, Value As Variant) As Variant
    Dim Key As String
    ReasonOf = Value
    If Not IsError(Value) Or Reasons Is Nothing Then Exit Function
    Key = Sheet(Cell) & Cell.Row & "," & Cell.Column
    If Not Reasons.Exists(Key) Then Exit Function
    'The cell may hold another formula's error by now.
    If CStr(CVErr(ErrorNumber(Reasons(Key)))) = CStr(Value) Then ReasonOf = Reasons(Key)
End Function

'Turns texts that begin with an error code into real errors, and keeps their reasons. SUM skips a text; it stops at an
'error, so that a failed row cannot vanish from a total.
Private Sub ShowErrors(Result As Variant)
    Dim Row As Long, Column As Long
    'A number, what most cells are, is passed over at once.
    Select Case Dimensions(Result)
    Case 0
        If VarType(Result) = vbString Then Result = Logged(Result, 0, 0)
    Case 1
        For Column = LBound(Result) To UBound(Result)
            If VarType(Result(Column)) = vbString Then Result(Column) = Logged(Result(Column), 0, Column - LBound(Result))
        Next Column
    Case 2
        For Row = LBound(Result, 1) To UBound(Result, 1)
            For Column = LBound(Result, 2) To UBound(Result, 2)
                If VarType(Result(Row, Column)) = vbString Then
                    Result(Row, Column) = Logged(Result(Row, Column), Row - LBound(Result, 1), Column - LBound(Result, 2))
                End If
            Next Column
        Next Row
    End Select
End Sub

Private Function Dimensions(Result As Variant) As Long
    Dim Bound As Long
    If Not IsArray(Result) Then Exit Function
    Dimensions = 1
    On Error Resume Next
    Bound = UBound(Result, 2)
    If Err.Number = 0 Then Dimensions = 2
    Err.Clear
End Function

'The number of the error a text begins with; 0 for anything else.
Private Function ErrorNumber(Value As Variant) As Long
    If VarType(Value) <> vbString Then Exit Function
    If Left$(Value, 1) <> "#" Then Exit Function
    Select Case Split(Value, " ")(0)
    Case "#VALUE!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#PYTHON!"
        ErrorNumber = xlErrValue
    Case "#N/A", "#GETTING_DATA": ErrorNumber = xlErrNA
    Case "#DIV/0!": ErrorNumber = xlErrDiv0
    Case "#REF!": ErrorNumber = xlErrRef
    Case "#NAME?": ErrorNumber = xlErrName
    Case "#NUM!": ErrorNumber = xlErrNum
    Case "#NULL!": ErrorNumber = xlErrNull
    End Select
End Function

'The text itself, or the error it begins with, whose reason is kept for the cell.
Private Function Logged(Given As Variant, Down As Long, Across As Long) As Variant
    Dim Caller As Variant
    Logged = Given
    If ErrorNumber(Given) = 0 Then Exit Function
    Logged = CVErr(ErrorNumber(Given))
    If TypeName(Application.Caller) <> "Range" Then Exit Function
    Set Caller = Application.Caller
    If Reasons Is Nothing Then Set Reasons = CreateObject("Scripting.Dictionary")
    If Reasons.Count >= MOST_REASONS Then Reasons.RemoveAll
    Reasons(Sheet(Caller) & (Caller.Row + Down) & "," & (Caller.Column + Across)) = Given
End Function

Private Function Sheet(Cell As Variant) As String
    Sheet = Cell.Parent.Parent.Name & "|" & Cell.Parent.Name & "|"
End Function

'Whether the function wizard is open: it would call at every key. Excel then disables its toolbars.
Private Function InWizard() As Boolean
    On Error Resume Next
    InWizard = Not Application.CommandBars("Standard").Controls(1).Enabled
End Function
