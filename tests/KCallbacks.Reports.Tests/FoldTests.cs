using KCallbacks.Detection.Model;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Text;

namespace KCallbacks.Reports.Tests;

/// <summary>Names that do not fit.</summary>
[TestClass]
public sealed class FoldTests
{
    [TestMethod]
    [DataRow("app!std::vector<int,std::allocator<int> >::push_back", 60, "app!std::vector<int,std::allocator<int> >::push_back")]
    [DataRow("app!std::vector<int,std::allocator<int> >::push_back", 40, "app!std::vector<...>::push_back")]
    [DataRow("app!std::vector<int,std::allocator<int> >::push_back", 20, "app!..::push_back")]
    [DataRow("app!Map<int,Set<char> >::Find<long,long>", 30, "app!Map<...>::Find<...>")]
    [DataRow("app!operator<<(ostream)_and_more", 24, "app!operator<<(ostrea...")]
    [DataRow("app!Acme::Windows::Main::View::OnPaint", 30, "app!..::Main::View::OnPaint")]
    [DataRow("app!Acme::OnPaintOfTheWholeWindow", 20, "app!Acme::OnPaint...")]
    [DataRow("app!Node<a->b<c,d>,e>::Get", 20, "app!Node<...>::Get")]
    [DataRow("NtWaitForSingleObject", 20, "NtWaitForSingleOb...")]
    [DataRow("HangingManaged.Threads.ReceiverThread.OnMessage", 30, "...ReceiverThread.OnMessage")]
    [DataRow("app!Acme.Main.View.OnPaint", 22, "app!...View.OnPaint")]
    [DataRow("System.Private.CoreLib+0x1230", 20, "System.Private.Co...", DisplayName = "a place in a module whose name has dots")]
    public void Template_arguments_go_first_then_scopes_then_the_end(string name, int width, string expected)
    {
        string folded = Fold.Symbol(name, width);

        Assert.IsLessThanOrEqualTo(Math.Max(width, name.Length), folded.Length);
        Assert.AreEqual(expected, folded);
    }

    [TestMethod]
    [DataRow("<")]
    [DataRow("<<>")]
    [DataRow("a->")]
    [DataRow("operator<")]
    [DataRow(">")]
    public void Brackets_of_any_sort_are_folded_in_one_pass(string piece)
    {
        string name = string.Concat(Enumerable.Repeat(piece, 200_000));

        Assert.IsLessThanOrEqualTo(100, Fold.Symbol(name, 100).Length);
    }

    [TestMethod]
    public void Long_texts_that_differ_only_in_their_middle_stay_different()
    {
        string left = $"app!{new string('a', 3_000)}1{new string('b', 3_000)}";
        string right = left.Replace('1', '2');

        Assert.AreNotEqual(Fold.Long(left, 2_000), Fold.Long(right, 2_000));
        Assert.AreEqual(2_000, Fold.Long(left, 2_000).Length);
    }

    [TestMethod]
    public void No_two_names_of_a_column_look_alike()
    {
        var random = new Random(3);
        for (int run = 0; run < 60; run++)
        {
            string[] names = [.. Enumerable.Range(0, random.Next(2, 12)).Select(_ => SimilarName(random)).Distinct()];
            Report report = SampleReports.Of(SourceKind.Engine, [.. names.Select((name, i) => Thread(i, name))]);

            string[] rows = [.. TextReport.Lines(report, new ThreadFilter(), new ReportForm()).Select(PlainText.Render).Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line.Contains("(runs", StringComparison.Ordinal))];

            Assert.HasCount(names.Length, rows.Select(row => row[row.IndexOf('!', StringComparison.Ordinal)..]).Distinct(), string.Join('\n', rows));
        }
    }

    /// <summary>Names that differ in few letters anywhere: at the ends, in the middle, within template arguments.</summary>
    private static string SimilarName(Random random)
    {
        string[] arguments = ["int", "char", "std::pair<int,char>", "std::pair<int,long>"];
        string middle = new('m', random.Next(0, 90));
        return $"app!Acme::Panel<{arguments[random.Next(arguments.Length)]}>::{middle}{random.Next(3)}{middle}::Run{random.Next(2)}";
    }

    private static ThreadFinding Thread(int position, string name) => new()
    {
        Thread = new ThreadIdentity(position, EngineId: (uint)position),
        Verdict = Verdict.InCallback,
        Depth = 1,
        Confidence = Confidence.High,
        Reason = "",
        BlockedIn = name,
    };
}
