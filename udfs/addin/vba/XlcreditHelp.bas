Attribute VB_Name = "XlcreditHelp"
'The help that the function wizard shows, in the user's language.
Option Explicit
Option Private Module

'Describes a function and its arguments. Excel refuses this for some workbooks; the English descriptions in the
'functions' own attributes then stand.
Public Sub Describe(Name As String, Arguments As Variant)
    Dim Helps() As String, Position As Long
    ReDim Helps(0 To UBound(Arguments))
    For Position = 0 To UBound(Arguments)
        Helps(Position) = Word("argument." & Arguments(Position))
    Next Position
    On Error Resume Next
    Application.MacroOptions Macro:=Name, Description:=Word("function." & Name), Category:=Word("credit.label"), _
        ArgumentDescriptions:=Helps
End Sub

'The text behind an escaped one: \4FE1 is the letter with that number.
Public Function Plain(Escaped As String) As String
    Dim Parts() As String, Position As Long
    Parts = Split(Escaped, "\")
    Plain = Parts(0)
    For Position = 1 To UBound(Parts)
        Plain = Plain & ChrW$(CLng("&H" & Left$(Parts(Position), 4))) & Mid$(Parts(Position), 5)
    Next Position
End Function

'Whether Excel speaks Chinese to its user. A host without language settings is taken to speak English.
Public Function InChinese() As Boolean
    On Error Resume Next
    InChinese = (Application.LanguageSettings.LanguageID(2) And &H3FF) = 4
End Function
