//! Circles of overrides: rules each of which overrides the next, the last the first.
//!
//! Pure graphs: it knows numbers and pairs of numbers, nothing of rules.

use std::collections::VecDeque;

/// The circles of a graph.
pub(super) struct Circles {
    /// For each node a mark it shares with those it lies on a circle with; `None` where it lies on none.
    mark: Vec<Option<u32>>,
    /// For each set of nodes that lie on circles together the shortest circle through its first node, in the order of
    /// those nodes.
    pub(super) shortest: Vec<Vec<u32>>,
}

impl Circles {
    /// Whether an edge between the two lies on a circle.
    pub(super) fn joins(&self, from: u32, to: u32) -> bool {
        let mark = self.mark[from as usize];
        mark.is_some() && mark == self.mark[to as usize]
    }
}

/// The circles among so many nodes joined by these edges, which are sorted.
pub(super) fn find(nodes: usize, edges: &[(u32, u32)]) -> Circles {
    let components = components(nodes, edges);
    let mut members: Vec<Vec<u32>> = Vec::new();
    for (node, &component) in components.iter().enumerate() {
        if members.len() <= component as usize {
            members.resize(component as usize + 1, Vec::new());
        }
        members[component as usize].push(node as u32);
    }
    let mut mark = vec![None; nodes];
    let mut shortest = Vec::new();
    for (component, members) in members.iter().enumerate() {
        let Some(&first) = members.first() else { continue };
        if members.len() > 1 || edges.binary_search(&(first, first)).is_ok() {
            members.iter().for_each(|&node| mark[node as usize] = Some(component as u32));
            shortest.push(first);
        }
    }
    shortest.sort_unstable();
    let circles = shortest.iter().map(|&first| shortest_from(first, &components, edges)).collect();
    Circles { mark, shortest: circles }
}

/// Where the edges of a node begin and end in the sorted list.
fn out_of(node: u32, edges: &[(u32, u32)]) -> &[(u32, u32)] {
    let start = edges.partition_point(|edge| edge.0 < node);
    let end = edges.partition_point(|edge| edge.0 <= node);
    &edges[start..end]
}

/// The strongly connected component of each node (Tarjan, *Depth-first search and linear graph algorithms*, 1972), without
/// recursion: overrides may form chains as long as the collection.
fn components(nodes: usize, edges: &[(u32, u32)]) -> Vec<u32> {
    const UNSEEN: u32 = u32::MAX;
    let (mut index, mut low) = (vec![UNSEEN; nodes], vec![0u32; nodes]);
    let (mut component, mut count, mut next) = (vec![UNSEEN; nodes], 0, 0);
    let mut stack: Vec<u32> = Vec::new();
    for start in 0..nodes as u32 {
        if index[start as usize] != UNSEEN {
            continue;
        }
        let mut path: Vec<(u32, usize)> = vec![(start, 0)];
        while let Some(&mut (node, ref mut edge)) = path.last_mut() {
            let at = node as usize;
            if *edge == 0 {
                (index[at], low[at]) = (next, next);
                next += 1;
                stack.push(node);
            }
            let follow = out_of(node, edges).get(*edge).map(|edge| edge.1);
            *edge += 1;
            match follow {
                Some(to) if index[to as usize] == UNSEEN => path.push((to, 0)),
                Some(to) if component[to as usize] == UNSEEN => low[at] = low[at].min(index[to as usize]),
                Some(_) => {}
                None => {
                    path.pop();
                    if let Some(&(above, _)) = path.last() {
                        low[above as usize] = low[above as usize].min(low[at]);
                    }
                    if low[at] == index[at] {
                        while let Some(member) = stack.pop() {
                            component[member as usize] = count;
                            if member == node {
                                break;
                            }
                        }
                        count += 1;
                    }
                }
            }
        }
    }
    component
}

/// The shortest circle through a node that lies on one; among equally short ones the first in the order of its nodes.
fn shortest_from(first: u32, components: &[u32], edges: &[(u32, u32)]) -> Vec<u32> {
    let home = components[first as usize];
    let inside =
        |node: u32| out_of(node, edges).iter().map(|edge| edge.1).filter(move |&to| components[to as usize] == home);
    // Breadth first, nodes in order: the first way found to each node is the shortest, and of those the first in order.
    let mut before: std::collections::HashMap<u32, u32> = std::collections::HashMap::new();
    let mut open = VecDeque::from([first]);
    while let Some(node) = open.pop_front() {
        for to in inside(node) {
            if to == first {
                let mut circle = vec![node];
                while let Some(&earlier) = circle.last().and_then(|last| before.get(last)) {
                    circle.push(earlier);
                }
                circle.reverse();
                return circle;
            }
            if to != first && !before.contains_key(&to) {
                before.insert(to, node);
                open.push_back(to);
            }
        }
    }
    vec![first]
}
