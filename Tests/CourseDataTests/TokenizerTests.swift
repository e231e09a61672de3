import Foundation
import Testing

@testable import CourseData
@testable import TensorCore

struct TokenizerTests {
  let folder = URL(filePath: #filePath).deletingLastPathComponent()

  @Test func `characters are numbered in the order of their code points`() throws {
    let tokenizer = try CharacterTokenizer(text: "banana, é")
    #expect(tokenizer.characters == [" ", ",", "a", "b", "n", "é"])
    #expect(try tokenizer.encode("ban") == [3, 2, 4])
    #expect(try tokenizer.decode([3, 2, 4]) == "ban")
    #expect(throws: TokenizerError.unknownCharacter("x")) { try tokenizer.encode("x") }
    #expect(throws: TokenizerError.unknownToken(6, vocabularySize: 6)) { try tokenizer.decode([6]) }
    #expect(throws: TokenizerError.emptyText) { try CharacterTokenizer(text: "") }
  }

  @Test func `words are cut as GPT-2 cuts them`() {
    func words(_ text: String) -> [String] {
      WordSplitter.words(in: Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
    }
    #expect(words("I'll go,  now!") == ["I", "'ll", " go", ",", " ", " now", "!"])
    #expect(words("a\n\nb  ") == ["a", "\n", "\n", "b", "  "])
    #expect(words("x2 3y 'tis") == ["x", "2", " 3", "y", " '", "tis"])
    #expect(words("") == [])
  }

  @Test func `the most frequent pair is joined first`() throws {
    // "low" occurs 5 times, "lower" 2 times: l-o and o-w 7 times each, l-o has the smaller tokens.
    let text = String(repeating: "low\n", count: 5) + String(repeating: "lower\n", count: 2)
    let tokenizer = try BytePairTokenizer(training: text, merges: 3)
    let names = tokenizer.bytes[256...].map { String(decoding: $0, as: UTF8.self) }
    #expect(names == ["lo", "low", "er"])
  }

  @Test func `training stops when no pair occurs twice`() throws {
    #expect(try BytePairTokenizer(training: "abc", merges: 10).merges.isEmpty)
  }

  @Test func `every sequence of bytes comes back unchanged`() throws {
    let text = StoryWorld().text(characters: 20_000, seed: 1)
    let tokenizer = try BytePairTokenizer(training: text, merges: 300)
    var random = Random(seed: 2)
    for _ in 0..<2_000 {
      let bytes = (0..<random.integer(below: 40)).map { _ in UInt8(random.integer(below: 256)) }
      #expect(try tokenizer.decodeBytes(tokenizer.encode(bytes)) == bytes)
    }
    #expect(try tokenizer.decode(tokenizer.encode(text)) == text)
    #expect(tokenizer.encode(text).count * 3 < text.utf8.count)
  }

  @Test func `a saved tokenizer reads back as it was`() throws {
    let text = StoryWorld().text(characters: 5_000, seed: 1)
    let tokenizer = try BytePairTokenizer(training: text + " naïve “日本” 😀😀", merges: 200)
    let file = FileManager.default.temporaryDirectory.appending(
      path: "tokenizer-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: file) }
    try tokenizer.save(to: file)
    #expect(try BytePairTokenizer(contentsOf: file).merges == tokenizer.merges)
  }

  @Test func `a damaged tokenizer file is refused with its reason`() throws {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "tokenizer-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: file) }
    func reason(_ text: String?) throws -> String {
      try? FileManager.default.removeItem(at: file)
      if let text { try Data(text.utf8).write(to: file) }
      let error = #expect(throws: TokenizerError.self) { try BytePairTokenizer(contentsOf: file) }
      return error?.description ?? ""
    }
    #expect(try reason(nil).contains("cannot be opened"))
    #expect(try reason("{").contains("no JSON of the form"))
    #expect(try reason("{\"model\": {}}").contains("no JSON of the form"))
    try BytePairTokenizer(training: "aaaa bbbb aa bb", merges: 2).save(to: file)
    let whole = try String(contentsOf: file, encoding: .utf8)
    #expect(
      try reason(whole.replacingOccurrences(of: "\"a a\"", with: "\"a ?\\u0000\"")).contains(
        "merge"))
    #expect(
      try reason(whole.replacingOccurrences(of: "\"aa\" : 25", with: "\"aa\" : 35"))
        .contains("vocabulary"))
  }

  @Test func `Python's tokenizers gives the same tokens for the same merges`() throws {
    struct Fixture: Decodable {
      let text: String
      let tokens: [Int]
    }
    // Made by Fixtures/make_tokenizer_fixtures.py, which reads the same tokenizer file.
    let fixtures = folder.appending(path: "Fixtures")
    let tokenizer = try BytePairTokenizer(contentsOf: fixtures.appending(path: "tokenizer.json"))
    let cases = try JSONDecoder().decode(
      [Fixture].self, from: Data(contentsOf: fixtures.appending(path: "tokenizer-cases.json")))
    #expect(cases.count > 20)
    for fixture in cases {
      #expect(tokenizer.encode(fixture.text) == fixture.tokens, "\(fixture.text)")
    }
  }

  @Test func `one megabyte is learnt to 1,000 merges within a few seconds`() throws {
    let text = StoryWorld().text(characters: 1 << 20, seed: 3)
    // This thread's processor time: what else the machine does is not counted.
    let start = secondsOfThisThread()
    let merges = try BytePairTokenizer(training: text, merges: 1_000).merges.count
    #expect(merges > 500)
    #expect(secondsOfThisThread() - start < 5)
  }
}

/// Processor time of the calling thread, in seconds.
private func secondsOfThisThread() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
