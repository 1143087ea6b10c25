using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Sessions.Tests;

/// <summary>What is set in a CONTEXT is read from it.</summary>
[TestClass]
public sealed class RegisterContextTests
{
    [TestMethod]
    public void Preserved_registers_come_back_as_they_were_set()
    {
        using var context = new RegisterContext(CpuLayout.X64) { InstructionPointer = 1, StackPointer = 2 };
        var registers = new X64Registers(Rbx: 3, Rbp: 4, Rsi: 5, Rdi: 6, R12: 7, R13: 8, R14: 9, R15: 10);

        context.SetPreservedRegisters(registers);

        Assert.AreEqual(registers, context.PreservedRegisters);
        Assert.AreEqual(1ul, context.InstructionPointer);
        Assert.AreEqual(2ul, context.StackPointer);
    }

    [TestMethod]
    public void Registers_that_are_not_known_stay_zero()
    {
        using var context = new RegisterContext(CpuLayout.X64);

        context.SetPreservedRegisters(null);

        Assert.AreEqual(default(X64Registers), context.PreservedRegisters);
    }
}
