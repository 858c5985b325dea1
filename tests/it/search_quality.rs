//! The right thing is found: measured on real queries, with a floor that may only be raised.
//!
//! `cargo bench --bench search_quality` measures more and writes it down.

mod measure;

use measure::{STEPS, mean, overview};

#[test]
fn the_overview_answers_the_queries_of_its_users() {
    let Some(collection) = overview() else {
        println!("skipped: the queries of the overview are not beside the project");
        return;
    };
    let index = collection.index(STEPS[5].1);
    let wide = collection.measure(&index, true, true);
    let plain = mean(&collection.measure(&index, true, false));
    let mean = mean(&wide);
    println!("nDCG@10 and recall@10: {:.3} {:.3}", mean.ndcg, mean.recall);
    println!("without the thesaurus: {:.3} {:.3}", plain.ndcg, plain.recall);
    assert!(mean.ndcg >= 0.76 && mean.recall >= 0.82, "{:.3} {:.3}", mean.ndcg, mean.recall);
    assert!(plain.ndcg >= 0.68 && plain.recall >= 0.72, "{:.3} {:.3}", plain.ndcg, plain.recall);
    for (asked, figures) in collection.asked.iter().zip(&wide) {
        assert!(figures.ndcg > 0.0, "nothing right for {}", asked.text);
    }
}
