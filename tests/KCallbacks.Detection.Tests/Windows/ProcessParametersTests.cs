using System.Text;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Tests.Memory;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Tests.Windows;

/// <summary>What the memory of a process says of how it was started.</summary>
[TestClass]
public sealed class ProcessParametersTests
{
    private const ulong Block = 0x7ff0_0000, Parameters = 0x20_0000, Text = 0x30_0ff0;

    [TestMethod]
    [DataRow(Architecture.X64)]
    [DataRow(Architecture.X86)]
    [DataRow(Architecture.Arm64)]
    public void The_computer_is_read(Architecture architecture)
    {
        Assert.AreEqual("DESK-1", ProcessParameters.ComputerOf(With(architecture, "A=1\0ComputerName=DESK-1\0Path=C:\\\0\0")));
        Assert.AreEqual("DESK-1", ProcessParameters.ComputerOf(With(architecture, $"A={new string('x', 5000)}\0COMPUTERNAME=DESK-1\0\0")));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("A=1\0\0COMPUTERNAME=AFTER-THE-END\0\0")]
    [DataRow("A=COMPUTERNAME=NO\0\0")]
    [DataRow("COMPUTERNAME=\0\0")]
    public void An_environment_without_it_says_nothing(string environment) => Assert.IsNull(ProcessParameters.ComputerOf(With(Architecture.X64, environment)));

    [TestMethod]
    public void Memory_that_is_not_there_says_nothing()
    {
        Assert.IsNull(ProcessParameters.ComputerOf(new SyntheticProcess()));
        Assert.IsNull(ProcessParameters.ComputerOf(new SyntheticProcess { ProcessEnvironmentBlock = Block }));
        Assert.IsNull(ProcessParameters.ComputerOf(new SyntheticProcess { ProcessEnvironmentBlock = ulong.MaxValue - 3 }));
        Assert.IsNull(ProcessParameters.ComputerOf(With(Architecture.X64, null)));
    }

    private static SyntheticProcess With(Architecture architecture, string? environment)
    {
        bool isWide = architecture != Architecture.X86;
        byte[] block = new byte[0x40], parameters = new byte[0x100];
        BitConverter.TryWriteBytes(block.AsSpan(isWide ? 0x20 : 0x10), Parameters);
        BitConverter.TryWriteBytes(parameters.AsSpan(isWide ? 0x80 : 0x48), Text);
        SyntheticProcess process = new SyntheticProcess { Architecture = architecture, ProcessEnvironmentBlock = Block }.WithMemory(Block, block).WithMemory(Parameters, parameters);
        byte[] bytes = Encoding.Unicode.GetBytes(environment ?? "");
        return environment is null ? process : process.WithMemory(Text, [.. bytes, .. new byte[0x1_0000 - bytes.Length]]);
    }
}
