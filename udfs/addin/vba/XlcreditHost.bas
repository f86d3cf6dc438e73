Attribute VB_Name = "XlcreditHost"
'The way to Python. On Windows the DLL of xlwings holds one Python process for functions and buttons alike;
'on a Mac each button starts Python through xlwings' AppleScript.
'
'Where Python is, only a file of the user's own says. No workbook can name another interpreter,
'and the folder of a workbook is never searched for modules.
Option Explicit
Option Private Module

Private Const XLWINGS_VERSION As String = "@XLWINGS@"

#If Mac Then
#ElseIf Win64 Then
Private Const XLWINGS_DLL As String = "xlwings64-@XLWINGS@.dll"
Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "xlwings64-@XLWINGS@.dll" (ByRef Result As Variant, ByVal Config As String, ByVal Mode As Long) As Long
Private Declare PtrSafe Function LoadLibraryW Lib "KERNEL32" (ByVal Path As LongPtr) As LongPtr
#Else
Private Const XLWINGS_DLL As String = "xlwings32-@XLWINGS@.dll"
Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "xlwings32-@XLWINGS@.dll" (ByRef Result As Variant, ByVal Config As String, ByVal Mode As Long) As Long
Private Declare PtrSafe Function LoadLibraryW Lib "KERNEL32" (ByVal Path As LongPtr) As LongPtr
#End If

'The command that starts Python; made at the first call and kept.
Private StartLine As String

'Runs a statement in Python with the active workbook as the caller.
Public Sub RunPython(Code As String)
    #If Mac Then
        RunOnMac Code
    #Else
        Dim Server As Object
        Set Server = PythonServer()
        Server.SetAttr Server.Module("xlwings._xlwindows"), "BOOK_CALLER", ActiveWorkbook
        Server.Exec Code
    #End If
End Sub

#If Mac Then

Private Sub RunOnMac(Code As String)
    Dim LogFile As String, Search As String
    LogFile = Environ$("HOME") & "/xlcredit.log"
    Search = "false;;;;;" 'nothing is added to Python's path
    AppleScriptTask "xlwings-" & XLWINGS_VERSION & ".applescript", "VbaHandler", _
        Search & "|" & Interpreter(Environ$("HOME") & "/xlcredit-interpreter.txt") & "|" & Code & "|" & _
        ActiveWorkbook.Name & "|" & Left$(Application.Path, Len(Application.Path) - 4) & "|" & LogFile
End Sub

#Else

'The Python process, started at the first call; the DLL hands out the running one afterwards.
Public Function PythonServer() As Object
    Dim Server As Variant
    If StartLine = "" Then Prepare Interpreter(Environ$("LOCALAPPDATA") & "\xlcredit\interpreter.txt")
    If XLPyDLLActivateAuto(Server, StartLine, 1) <> 0 Then Err.Raise 1000, "xlcredit", CStr(Server)
    Set PythonServer = Server
End Function

Private Sub Prepare(Python As String)
    Dim Folder As String
    Folder = Left$(Python, InStrRev(Python, "\") - 1)
    If LoadLibraryW(StrPtr(Folder & "\" & XLWINGS_DLL)) = 0 Then
        'In a virtual environment the DLL lies one folder up.
        Folder = Left$(Folder, InStrRev(Folder, "\"))
        If LoadLibraryW(StrPtr(Folder & XLWINGS_DLL)) = 0 Then
            Err.Raise 1000, "xlcredit", Replace(Word("dll-missing"), "{dll}", XLWINGS_DLL)
        End If
    End If
    '-P keeps the current folder off Python's path; the lean import leaves out what nothing here uses.
    StartLine = "cmd.exe /K """"" & Python & """ -P -B -c ""import udfs.lean, xlwings; xlwings.serve('$(CLSID)')"""""
End Sub

#End If

'The interpreter that the user's file names.
Private Function Interpreter(Path As String) As String
    Dim Number As Integer, Found As String
    On Error GoTo Missing
    Number = FreeFile
    Open Path For Input As #Number
    Line Input #Number, Found
    Close #Number
    Interpreter = Found
    Exit Function
Missing:
    Err.Raise 1000, "xlcredit", Replace(Word("interpreter-missing"), "{path}", Path)
End Function
