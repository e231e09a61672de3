import CourseData
import TensorCore

/// Questions of the form *a is to b as c is to what?*, answered by the word nearest to b − a + c.
struct WordAnalogies {
  /// One question, as places in the vocabulary.
  struct Question {
    let a: Int
    let b: Int
    let c: Int
    /// All right answers.
    let answers: Set<Int>
  }

  /// Questions of one relation.
  struct Relation {
    let name: String
    let questions: [Question]
  }

  let relations: [Relation]

  /// The story world's relations.
  ///
  /// - Parameters:
  ///   - corpus: the text, whose words are asked for.
  ///   - most: how many questions of a relation to ask at most.
  ///   - random: chooses them.
  init(_ corpus: WordCorpus, most: Int = 200, using random: inout Random) {
    func place(_ word: String) -> Int? { corpus.place(of: word.lowercased()) }
    // A pair of words, and all that would be right in the second one's place.
    typealias Pair = (first: Int, second: Int, right: Set<Int>)
    func relation(_ name: String, _ pairs: [Pair]) -> Relation {
      var questions: [Question] = []
      for one in pairs {
        // A relation between pairs with the same answer would ask for b itself, which is excluded.
        for other in pairs where one.right.isDisjoint(with: other.right) {
          questions.append(
            Question(a: one.first, b: one.second, c: other.first, answers: other.right))
        }
      }
      random.shuffle(&questions)
      return Relation(name: name, questions: Array(questions.prefix(most)))
    }
    let pronouns: [Pair] = StoryWorld.people.compactMap { person in
      guard let name = place(person.name), let pronoun = place(person.pronoun) else { return nil }
      return (name, pronoun, [pronoun])
    }
    let wants: [Pair] = StoryWorld.wants.flatMap { want in
      want.remedies.compactMap { remedy in
        guard let thing = place(remedy), let want = place(want.name) else { return nil }
        return (thing, want, [want])
      }
    }
    relations = [
      relation("name : pronoun", pronouns), relation("thing : want", wants),
      relation("place : deed", Self.deeds(corpus)),
    ]
  }

  /// Places with the words that only their deeds have.
  private static func deeds(_ corpus: WordCorpus) -> [(first: Int, second: Int, right: Set<Int>)] {
    let words = StoryWorld.places.map { place in
      Set(place.activities.flatMap { wordLines(of: $0).joined() }.compactMap(corpus.place))
    }
    let elsewhere = Set(
      StoryWorld.things.flatMap { wordLines(of: $0.name + " " + $0.use).joined() }
        .compactMap(corpus.place))
    return StoryWorld.places.indices.compactMap { index in
      var own = words[index].subtracting(elsewhere)
      for other in words.indices where other != index { own.subtract(words[other]) }
      guard let place = corpus.place(of: StoryWorld.places[index].name), let deed = own.min()
      else { return nil }
      return (place, deed, own)
    }
  }

  /// Which share of each relation's questions vectors answer rightly.
  ///
  /// The three given words are no answers: without that rule the nearest is mostly b or c itself.
  ///
  /// - Parameters:
  ///   - vectors: `[words, width]`.
  ///   - ignoresTheOthers: asks for the nearest to b alone.
  /// - Returns: a share for each relation; 0 for one without questions.
  func shares(_ vectors: Variable, ignoresTheOthers: Bool = false) -> [Double] {
    let unit = l2Normalised(vectors.detached())
    return relations.map { relation in
      guard !relation.questions.isEmpty else { return 0 }
      let (a, b, c) = (
        unit.gather(relation.questions.map(\.a)), unit.gather(relation.questions.map(\.b)),
        unit.gather(relation.questions.map(\.c))
      )
      let asked = ignoresTheOthers ? b : b - a + c
      let found = nearestNeighbours(of: asked, in: unit, k: 4)
      let right = zip(relation.questions, found).count { question, nearest in
        let answer = nearest.first { ![question.a, question.b, question.c].contains($0) }
        return answer.map(question.answers.contains) ?? false
      }
      return Double(right) / Double(relation.questions.count)
    }
  }

  /// The share of right answers among all words but the three.
  func chances(words: Int) -> [Double] {
    relations.map { relation in
      let shares = relation.questions.map {
        Double($0.answers.subtracting([$0.a, $0.b, $0.c]).count) / Double(max(1, words - 3))
      }
      return shares.reduce(0, +) / Double(max(1, shares.count))
    }
  }

  /// Relations between women and men, as any long English text has them.
  static func family(_ corpus: WordCorpus) -> WordAnalogies {
    let pairs = [
      ("man", "woman"), ("he", "she"), ("his", "her"), ("king", "queen"), ("father", "mother"),
      ("son", "daughter"), ("brother", "sister"), ("husband", "wife"), ("boy", "girl"),
      ("sons", "daughters"), ("men", "women"), ("himself", "herself"),
    ].compactMap { pair in
      corpus.place(of: pair.0).flatMap { man in corpus.place(of: pair.1).map { (man, $0) } }
    }
    var questions: [Question] = []
    for one in pairs {
      for other in pairs where one != other {
        questions.append(Question(a: one.0, b: one.1, c: other.0, answers: [other.1]))
      }
    }
    return WordAnalogies(relations: [Relation(name: "man : woman", questions: questions)])
  }

  private init(relations: [Relation]) { self.relations = relations }
}
