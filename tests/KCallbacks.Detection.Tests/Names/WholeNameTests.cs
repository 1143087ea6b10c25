using KCallbacks.Detection.Judging;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;

namespace KCallbacks.Detection.Tests.Names;

/// <summary>Names as people read them, in every language whose code lies on stacks.</summary>
[TestClass]
public sealed class WholeNameTests
{
    private static readonly string[] Plain = ["Layout", "get_Value", "NtUserGetMessage", "x", "\u00fcbung", "\u51fd\u6570", "_Run", "fnDWORD"];

    private static readonly string[] Scopes =
    [
        "ui::", "std::__1::", "`anonymous namespace'::", "(anonymous namespace)::", "Acme::Panel<int>::", "impl$1::", "<lambda_2f>::", "Foo::`2'::",
        "core::ops::function::FnOnce::", "Control.", "DisplayClass0_0.", "{lambda(int)#1}::", "Outer(int)::",
    ];

    private static readonly string[] Ends =
    [
        "", "<int>", "<std::pair<int,char> >", "<core::fmt::Arguments, alloc::string::String>", "::operator()", "::operator<<", "::operator->", "::~Panel",
        "::operator bool", "::`vector deleting destructor'", "::closure$0", "::<lambda_1>::operator()", ".<Run>b__0", "`1.Add",
    ];

    private static readonly string[] Arguments = ["", "()", "(int)", "(void *, std::pair<int,char> &)", "(struct HWND__ * h = 0x00010a2c, char * s = 0x0 \":)\")", "(int) const", "(void (*)(int))"];

    [TestMethod]
    [DataRow("ui::Panel::Layout")]
    [DataRow("std::vector<int,std::allocator<int> >::push_back")]
    [DataRow("`anonymous namespace'::Run")]
    [DataRow("<lambda_2f1c>::operator()")]
    [DataRow("operator new")]
    [DataRow("Acme::operator<")]
    [DataRow("Acme::operator()")]
    [DataRow("Acme::Panel::~Panel")]
    [DataRow("Acme::Panel::`scalar deleting destructor'")]
    [DataRow("`dynamic initializer for 'g_x''")]
    [DataRow("tao::platform_impl::platform::event_loop::public_window_callback_inner::closure$0<tuple$<> >")]
    [DataRow("<alloc::boxed::Box<dyn FnOnce<A>> as FnOnce<A>>::call_once")]
    [DataRow("_ZN4core3ops8function6FnOnce9call_once17h0123456789abcdefE")]
    [DataRow("?Layout@Panel@ui@@QEAAXXZ")]
    [DataRow("-[NSView drawRect:]")]
    [DataRow("System.Collections.Generic.List`1[[System.__Canon, mscorlib]].Add")]
    [DataRow("Program+<>c__DisplayClass0_0.<Main>b__0")]
    [DataRow("(anonymous namespace)::Run")]
    [DataRow("\u51fd\u6570_a")]
    public void A_name_is_shown_as_it_is(string name) => Assert.AreEqual(name, FunctionName.Of(name).Printable.ToString());

    [TestMethod]
    [DataRow("_KiUserCallbackDispatcher@12", "_KiUserCallbackDispatcher")]
    [DataRow("_KiUserCallbackDispatcher@12-()", "_KiUserCallbackDispatcher")]
    [DataRow("@Fast@8", "Fast")]
    [DataRow("#NtWaitForSingleObject", "NtWaitForSingleObject")]
    [DataRow(" Run()\u200b", "Run")]
    [DataRow("Run\ufffd()", "Run")]
    [DataRow("ui::Panel::Layout(int, char const *) const", "ui::Panel::Layout")]
    [DataRow("Acme::operator()(int)", "Acme::operator()")]
    [DataRow("Acme::operator()() const", "Acme::operator()")]
    [DataRow("Control.WndProc(System.Windows.Forms.Message ByRef)", "Control.WndProc")]
    [DataRow("Layout(char * text = 0x00 \":-)\")", "Layout")]
    public void What_is_put_around_a_name_is_left_out(string printed, string name) => Assert.AreEqual(name, FunctionName.Of(printed).Printable.ToString());

    [TestMethod]
    [DataRow("NtUserGetMessage::Call", "UserGetMessage")]
    [DataRow("NtUserGetMessage::Call<int>", "UserGetMessage")]
    public void A_scope_is_no_system_call(string printed, string service)
    {
        FunctionName name = FunctionName.Of(printed);

        Assert.IsFalse(name.IsService(service) || name.IsSystemService || name.IsGraphicalService || name.StartsWith("Nt"));
    }

    [TestMethod]
    [DataRow("fnDWORD::Run")]
    [DataRow("_fnDWORD::Run")]
    [DataRow("ClientLoadLibrary::Run")]
    public void A_scope_is_no_routine(string printed) => Assert.IsFalse(RoutineName.IsLike(FunctionName.Of(printed)));

    [TestMethod]
    public void Any_name_comes_through_whole_with_any_arguments_and_no_two_names_are_one()
    {
        var random = new Random(11);
        Dictionary<string, string> printed = [];
        for (int run = 0; run < 20_000; run++)
        {
            string name = RandomName(random);
            string shown = PrintedName.Of(new StackFrame("app", name + Arguments[random.Next(Arguments.Length)]));

            Assert.AreEqual($"app!{name}", shown);
            Assert.IsTrue(printed.TryAdd(shown, name) || printed[shown] == name);
        }
    }

    private static string RandomName(Random random)
    {
        string name = Plain[random.Next(Plain.Length)] + Ends[random.Next(Ends.Length)];
        for (int scopes = random.Next(4); scopes > 0; scopes--)
            name = Scopes[random.Next(Scopes.Length)] + name;
        return name;
    }
}
