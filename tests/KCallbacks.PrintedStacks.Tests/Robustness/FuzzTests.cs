using System.Diagnostics.CodeAnalysis;
using System.Text;
using KCallbacks.Detection;
using KCallbacks.Detection.Model;
using KCallbacks.PrintedStacks.Tests.Corpus;
using KCallbacks.Recordings;
using KCallbacks.Recordings.Tests.Json;

namespace KCallbacks.PrintedStacks.Tests.Robustness;

/// <summary>A fixed amount of random input: no exception, no lost end, and work that grows with the length of the input.</summary>
[TestClass]
[SuppressMessage("Security", "CA5394", Justification = "The seed makes a failure repeatable; nothing is secret.")]
public sealed class FuzzTests
{
    private const int Seed = 20_240_229;

    private static readonly byte[][] Texts =
        [.. CorpusLabel.ReadAll().Select(label => label.TextPath).Distinct().Select(File.ReadAllBytes)];

    private static readonly byte[] Alphabet = "0123456789abcdef`:!+x()[]{}<>'\"#.,-_@ \t\n\r kntdllKiUserCallbackDispatcher\xff\0"u8.ToArray();

    [TestMethod]
    public void Damaged_recordings_of_the_corpus_are_read()
    {
        var random = new Random(Seed);
        for (int round = 0; round < 20_000; round++)
            ReadAndJudge(Damage(random, Texts[random.Next(Texts.Length)]));
    }

    /// <summary>What a form expects between two words may be missing, so that the words overlap.</summary>
    [TestMethod]
    public void Lines_that_lack_a_word_or_two_are_read()
    {
        for (int first = 0; first < 12; first++)
        {
            foreach (byte[] text in Texts)
            {
                ReadAndJudge(Encoding.UTF8.GetBytes(WithoutWords(Encoding.UTF8.GetString(text), first, 1)));
                ReadAndJudge(Encoding.UTF8.GetBytes(WithoutWords(Encoding.UTF8.GetString(text), first, 2)));
            }
        }
    }

    [TestMethod]
    public void Random_bytes_of_the_reader_s_alphabet_are_read()
    {
        var random = new Random(Seed);
        for (int round = 0; round < 5_000; round++)
        {
            byte[] text = new byte[random.Next(2_000)];
            for (int index = 0; index < text.Length; index++)
                text[index] = Alphabet[random.Next(Alphabet.Length)];
            ReadAndJudge(text, RecordingFormat.Text);
        }
    }

    [TestMethod]
    public void Damaged_lossless_recordings_are_read()
    {
        var random = new Random(Seed);
        byte[] recording = Recorded.Write(new ProcessRecorder(new HungProcess()), [HungProcess.Thread, HungProcess.Thread]);
        for (int round = 0; round < 5_000; round++)
            ReadAndJudge(Damage(random, recording), RecordingFormat.Recording);
    }

    [TestMethod]
    [DataRow("<", DisplayName = "open templates")]
    [DataRow("(", DisplayName = "open parentheses")]
    [DataRow("`", DisplayName = "open quotes")]
    [DataRow("operator", DisplayName = "operators")]
    [DataRow("operator<(", DisplayName = "operators and brackets")]
    [DataRow("a<(", DisplayName = "brackets in brackets")]
    [DataRow("f(+0x1 ", DisplayName = "displacements")]
    [DataRow("> // | ", DisplayName = "marks")]
    [DataRow("00000000`00000000 ", DisplayName = "addresses")]
    [DataRow("-- -------- ", DisplayName = "dashes")]
    [DataRow("a[", DisplayName = "open squares")]
    [DataRow("a{", DisplayName = "open braces")]
    [DataRow("f(x", DisplayName = "open parameters")]
    [DataRow("a!b+0x1 ", DisplayName = "frames on one line")]
    [DataRow("a!b / ", DisplayName = "links of a chain")]
    [DataRow("&amp;lt;", DisplayName = "entities")]
    [DataRow("<a href=", DisplayName = "open tags")]
    [DataRow("<br>", DisplayName = "lines of a page")]
    [DataRow(@"\n", DisplayName = "escaped line ends")]
    [DataRow("[x] y: ", DisplayName = "words of a log")]
    [DataRow("a.dll | ", DisplayName = "cells")]
    public void Work_grows_with_the_length_of_a_line(string part)
    {
        // Half a megabyte takes milliseconds; scanned again from each of its bytes it would take far longer than is allowed here,
        // on any machine and under any load.
        string line = "00 00000072`a512ee18 00007fff`3322d1ee app!" + string.Concat(Enumerable.Repeat(part, 500_000 / part.Length));
        var reading = Task.Run(() => Reading.Text($"{line}\n{line}\n"));

        Assert.IsTrue(reading.Wait(TimeSpan.FromSeconds(60)), "the line is scanned over and over");
    }

    private static string WithoutWords(string text, int first, int count) => string.Join('\n', text.Split('\n').Select(line =>
    {
        string[] words = line.Split(' ');
        return first >= words.Length ? line : string.Join(' ', [.. words[..first], .. words[Math.Min(first + count, words.Length)..]]);
    }));

    private static byte[] Damage(Random random, byte[] original)
    {
        byte[] text = [.. original];
        int hits = random.Next(1, 12);
        for (int hit = 0; hit < hits && text.Length > 1; hit++)
        {
            int at = random.Next(text.Length);
            switch (random.Next(5))
            {
                case 0:
                    text[at] = Alphabet[random.Next(Alphabet.Length)];
                    break;
                case 1:
                    text = [.. text[..at], .. text[random.Next(at, text.Length)..]];
                    break;
                case 2:
                    text = [.. text[..at], (byte)'\n', .. text[at..]];
                    break;
                case 3:
                    int end = Math.Min(text.Length, at + random.Next(200));
                    text = [.. text[..end], .. text[at..end], .. text[end..]];
                    break;
                default:
                    text[at] = (byte)random.Next(256);
                    break;
            }
        }

        return text;
    }

    private static void ReadAndJudge(byte[] bytes, RecordingFormat format = RecordingFormat.Auto)
    {
        try
        {
            (RecordingFile recording, ThreadStack[] threads) = Reading.Bytes(bytes, format);
            var detector = new CallbackDetector(recording.Process);
            foreach (ThreadStack thread in threads)
                _ = detector.Judge(thread);
        }
        catch (Exception exception)
        {
            throw new AssertFailedException($"{Convert.ToBase64String(bytes)}\n{Encoding.UTF8.GetString(bytes)}", exception);
        }
    }
}
