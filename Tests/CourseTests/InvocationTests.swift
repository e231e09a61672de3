import Testing

@testable import course

@Suite struct InvocationTests {
  @Test func `commands and options are read`() throws {
    #expect(try Invocation([]).command == .board)
    #expect(try Invocation(["--json"]).isJSON)
    #expect(try Invocation(["check", "1.2", "2"]).words == ["1.2", "2"])
    #expect(try Invocation(["hint", "1.2", "--tier", "3"]).tier == 3)
    let grade = try Invocation(["grade", "all", "--csv", "points.csv", "--chapter", "1"])
    #expect(grade.csv == "points.csv" && grade.chapters == [1] && grade.words == ["all"])
  }

  @Test(arguments: [
    (["chekc"], "Did you mean \"check\"?"), (["check", "--jsn"], "Did you mean \"--json\"?"),
    (["hint"], "needs one exercise"), (["grade", "all"], "--csv FILE"),
    (["hint", "1.2", "--tier", "0"], "needs a number from 1"),
    (["grade", "a", "--csv"], "a value"),
    (["board", "now"], "takes no \"now\""), (["student-tree"], "the folder to make"),
    (["--colour"], "has no option \"--colour\""), (["reset", "1.1", "1.2"], "one exercise"),
  ])
  func `a wrong command line says what is wrong, with status 64`(
    arguments: [String], words: String
  ) {
    let complaint = #expect(throws: Complaint.self) { try Invocation(arguments) }
    #expect(complaint?.status == 64)
    #expect(complaint?.message.contains(words) == true, "\(complaint?.message ?? "")")
  }

  @Test func `the distance of words counts letters added, dropped and changed`() {
    #expect(distance("", "abc") == 3)
    #expect(distance("kitten", "sitting") == 3)
    #expect(near("zzzzzz", ["check", "grade"]) == nil)
  }
}
