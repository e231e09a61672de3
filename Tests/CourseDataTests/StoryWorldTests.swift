import Testing

@testable import CourseData

struct StoryWorldTests {
  let stories = StoryWorld().stories(2_000, seed: 5)

  @Test func `every event of a story can happen when it happens`() {
    for story in stories {
      for (event, state) in zip(story.events.dropFirst(), story.states) {
        #expect(state.allows(event), "\(event) in: \(story.text)")
      }
      #expect(story.sentences.count == story.events.count)
      #expect((8...14).contains(story.sentences.count))
    }
  }

  @Test func `a story depends on its seed and number alone`() {
    let fewer = StoryWorld().stories(10, seed: 5)
    #expect(fewer.map(\.text) == stories.prefix(10).map(\.text))
    #expect(StoryWorld().story(3, seed: 6).text != stories[3].text)
  }

  @Test func `the vocabulary has several hundred words`() {
    let words = Set(stories.flatMap { $0.text.split { " .,\n".contains($0) } })
    #expect(words.count > 300)
  }

  @Test func `every sentence begins with a capital and ends with a full stop`() {
    for sentence in stories.flatMap(\.sentences) {
      #expect(sentence.first!.isUppercase && sentence.hasSuffix("."), "\(sentence)")
      #expect(!sentence.contains("  "))
    }
  }

  @Test func `the last sentence of a story states a fact that is true then`() {
    for story in stories {
      switch story.events.last! {
      case .recallsThing(let thing, let whereabouts):
        #expect(story.states.last!.things[thing] == whereabouts)
      case .recallsPerson(let person, let place):
        #expect(story.states.last!.places[person] == place)
      default: Issue.record("a story ends with \(story.events.last!)")
      }
    }
  }

  @Test func `half of the hypotheses are true, and the false ones are false`() {
    let pairs = StoryTasks.entailment(from: stories, seed: 1)
    let entailed = pairs.count { $0.isEntailed }
    // Five standard deviations of a fair coin thrown 2,000 times.
    #expect(abs(entailed - 1_000) < 112)
    for (pair, story) in zip(pairs, stories) {
      #expect((pair.hypothesis == story.sentences.last!) == pair.isEntailed)
      #expect(!pair.premise.contains("In the end"))
    }
  }

  @Test func `only the right continuation can happen, and its place is even`() {
    let questions = StoryTasks.continuations(of: stories, seed: 1)
    // Most stories have a deed of this kind after their first sentence.
    #expect(questions.count > stories.count / 2)
    var places = [0, 0, 0, 0]
    for question in questions {
      places[question.answer] += 1
      #expect(Set(question.choices).count == 4)
    }
    let expected = Double(questions.count) / 4
    for place in places {
      #expect(abs(Double(place) - expected) < 5 * (expected * 0.75).squareRoot())
    }
  }

  @Test func `a question has two to sixteen choices`() async {
    for choices in [2, 16] {
      let questions = StoryTasks.continuations(of: stories, choices: choices, seed: 1)
      #expect(!questions.isEmpty && questions.allSatisfy { Set($0.choices).count == choices })
    }
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = StoryTasks.continuations(of: [], choices: 0, seed: 1)
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("StoryTasks.continuations: 0 choices, but 2…16 are possible"))
  }

  @Test func `each fate of a thing occurs, and none is spelled out`() {
    let texts = StoryTasks.fates(of: stories)
    for label in StoryTasks.fates.indices { #expect(texts.count { $0.label == label } > 100) }
    for text in texts { #expect(!text.text.contains("In the end")) }
  }
}
