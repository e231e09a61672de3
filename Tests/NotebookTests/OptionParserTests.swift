import Testing

@testable import Notebook

struct OptionParserTests {
  let parser = OptionParser(
    chapter: 6,
    data: [
      .named("stories", "made here"), .named("bible", "Debian bible-kjv"),
      .file("a text file"),
    ],
    own: [.flag("--resume", "go on"), .value("--export", "FOLDER", "write the weights")],
    mine: "run your tokenizer")

  func options(_ arguments: String...) throws -> ChapterOptions {
    guard case .run(let options) = try parser.parse(arguments) else {
      throw UsageError("this asks for help")
    }
    return options
  }

  func complaint(_ arguments: String...) -> String {
    do {
      _ = try parser.parse(arguments)
      return "none"
    } catch { return error.description }
  }

  @Test func `without arguments it is the usual run on the first data`() throws {
    let options = try options()
    #expect(options.scale == .usual && options.seed == 1 && options.data == "stories")
    #expect(!options.isMine && options["--export"] == nil && !options.has("--resume"))
  }

  @Test func `every option arrives where the chapter looks for it`() throws {
    let options = try options(
      "--full", "--seed", "7", "--data", "bible", "--mine", "--html=a.html", "--ipynb", "a.ipynb",
      "--resume", "--export", "out")
    #expect(options.isFull && options.seed == 7 && options.data == "bible" && options.isMine)
    #expect(options.html == "a.html" && options.ipynb == "a.ipynb")
    #expect(options.has("--resume") && options["--export"] == "out")
    #expect(options.seeds(3) == [7, 8, 9])
  }

  @Test func `--weave is a full run`() throws {
    #expect(try options("--weave").isFull)
  }

  @Test func `a mistyped option is answered with the one that was meant`() {
    #expect(complaint("--qiuck") == "Unknown option --qiuck. Did you mean --quick?")
    #expect(complaint("--resum") == "Unknown option --resum. Did you mean --resume?")
    #expect(complaint("--frobnicate") == "Unknown option --frobnicate. See --help.")
    #expect(complaint("quick") == "“quick” is no option; see --help.")
  }

  @Test func `a mistyped value is answered with the one that was meant`() {
    #expect(
      complaint("--data", "bibel")
        == "--data knows no “bibel”, and no readable file has that name. Did you mean bible?")
    #expect(complaint("--data", "none.txt") == "--data: there is no readable file “none.txt”.")
    #expect(
      complaint("--data", "nofile")
        == "--data knows no “nofile”, and no readable file has that name. "
        + "It takes: stories, bible, or a file's path.")
    #expect(complaint("--seed", "-1") == "--seed needs a whole number from 0 up, not “-1”.")
    #expect(complaint("--seed") == "--seed needs a value: --seed N.")
    #expect(complaint("--html", "--quick") == "--html needs a value: --html FILE.")
    #expect(complaint("--quick=yes") == "--quick takes no value.")
  }

  @Test func `options that contradict each other are refused`() {
    #expect(complaint("--quick", "--full") == "--quick and --full exclude each other.")
    #expect(complaint("--seed", "1", "--seed", "2") == "--seed is given twice.")
    #expect(complaint("--weave", "--seed", "2").contains("--seed changes it"))
  }

  @Test func `a chapter without data or exercises says so`() throws {
    let plain = OptionParser(chapter: 2)
    #expect(throws: UsageError.self) { try plain.parse(["--mine"]) }
    #expect(throws: UsageError.self) { try plain.parse(["--data", "x"]) }
  }

  @Test func `help lists every option and every data set`() {
    let help = parser.help(title: "Chapter 6")
    for option in parser.options { #expect(help.contains(option.name)) }
    #expect(help.contains("bible-kjv") && help.contains("swift run chapter6"))
    #expect(help.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }
}
