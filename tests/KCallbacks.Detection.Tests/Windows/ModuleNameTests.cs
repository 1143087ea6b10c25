using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Tests.Windows;

[TestClass]
public sealed class ModuleNameTests
{
    [TestMethod]
    [DataRow("ntdll", "Ntdll")]
    [DataRow("NTDLL", "Ntdll")]
    [DataRow("ntdll.dll", "Ntdll")]
    [DataRow("ntdll_771d0000", "Ntdll")]
    [DataRow("ntdll_77890000.dll", "Ntdll")]
    [DataRow("wntdll", "Ntdll")]
    [DataRow(@"C:\Windows\SysWOW64\ntdll.dll", "Ntdll")]
    [DataRow("C:/Windows/System32/NTDLL.DLL", "Ntdll")]
    [DataRow(" ntdll.dll ", "Ntdll")]
    [DataRow("USER32.dll", "User32")]
    [DataRow("user32_75f60000", "User32")]
    [DataRow("wuser32", "User32")]
    [DataRow("win32u", "Win32u")]
    [DataRow("wwin32u", "Win32u")]
    [DataRow("gdi32full.dll", "Gdi32")]
    [DataRow("GDI32", "Gdi32")]
    [DataRow("IMM32", "Imm32")]
    [DataRow("wow64win", "Wow64Win")]
    [DataRow("wow64cpu.dll", "Wow64Cpu")]
    [DataRow("xtajit", "Wow64Cpu")]
    [DataRow("wow64", "Wow64")]
    [DataRow("nt", "Kernel")]
    [DataRow("ntkrnlpa.exe", "Kernel")]
    [DataRow("ntoskrnl.exe", "Kernel")]
    [DataRow("ntkrpamp", "Kernel")]
    [DataRow("win32k.sys", "Kernel")]
    [DataRow("win32kfull", "Kernel")]
    [DataRow("afd.sys", "Kernel")]
    [DataRow("ntdll_hooks", "Other")]
    [DataRow("notntdll", "Other")]
    [DataRow("myuser32.dll", "Other")]
    [DataRow("DangerOfUserModeCallback", "Other")]
    [DataRow("", "Missing")]
    [DataRow(null, "Missing")]
    public void A_module_is_recognised_in_every_spelling(string? printed, string expected) =>
        Assert.AreEqual(expected, ModuleName.Recognise(printed).ToString());

    [TestMethod]
    [DataRow("ntdll_771d0000", "ntdll")]
    [DataRow(@"C:\Program Files\App\my_app.exe", "my_app")]
    [DataRow("USER32.dll", "USER32")]
    [DataRow("libfoo_2", "libfoo_2")]
    [DataRow("wuser32", "user32")]
    [DataRow("wWin32u.dll", "Win32u")]
    [DataRow("wntdll_771d0000", "ntdll")]
    [DataRow("wow64win", "wow64win")]
    [DataRow("winmm", "winmm")]
    [DataRow("wapp", "wapp")]
    public void The_printed_form_keeps_its_case_and_loses_path_extension_and_address(string printed, string expected) =>
        Assert.AreEqual(expected, ModuleName.Plain(printed).ToString());
}
